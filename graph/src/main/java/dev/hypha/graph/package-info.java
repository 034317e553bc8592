/// Typed, timed, immutable graphs: node types, edge types, times and neighbors.
package dev.hypha.graph;
