/// Training and prediction: batches, parameters by name, targets, the trainer with its checkpoints, and runs on disk.
package dev.hypha.learn;
