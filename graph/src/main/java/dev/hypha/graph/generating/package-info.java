/// Graphs that are made up, each a function of its parameters and a key.
package dev.hypha.graph.generating;
