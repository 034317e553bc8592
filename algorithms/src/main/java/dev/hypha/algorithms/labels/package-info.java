/// What the labels of nodes and the edges between them have to do with each other.
package dev.hypha.algorithms.labels;
