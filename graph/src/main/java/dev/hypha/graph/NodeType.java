package dev.hypha.graph;

/// A kind of node, such as the rows of one table.
///
/// @param name unique within a graph
/// @param count how many nodes there are; they are numbered `0 .. count-1`
public record NodeType(String name, int count) {
    public NodeType {
        if (count < 0) {
            throw new IllegalArgumentException("node type " + name + " has a negative count: " + count);
        }
    }
}
