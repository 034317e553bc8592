/// Graphs made easier to learn on by adding and removing edges before any training.
package dev.hypha.algorithms.rewiring;
