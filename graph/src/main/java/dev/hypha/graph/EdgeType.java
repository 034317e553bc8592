package dev.hypha.graph;

/// A kind of directed edge. A message travels from the source to the target, so the neighbors of a target are sources.
///
/// @param name unique within a graph
/// @param source index of the node type that messages come from
/// @param target index of the node type that messages go to
public record EdgeType(String name, int source, int target) {}
