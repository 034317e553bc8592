package dev.hypha.algorithms;

/// An undirected edge: two different nodes, the smaller first.
public record Edge(int u, int v) implements Comparable<Edge> {
    public Edge {
        if (u < 0 || u >= v) {
            throw new IllegalArgumentException("no edge: " + u + ", " + v);
        }
    }

    /// The edge between two nodes in either order.
    public static Edge between(int one, int other) {
        return new Edge(Math.min(one, other), Math.max(one, other));
    }

    @Override
    public int compareTo(Edge other) {
        return u == other.u ? Integer.compare(v, other.v) : Integer.compare(u, other.u);
    }
}
