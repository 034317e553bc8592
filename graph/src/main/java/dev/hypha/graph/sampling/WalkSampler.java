package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// A method that walks at random from some nodes: each step goes to a member of the list of the node that it
/// is at, in proportion to the weights where the graph has them. In a graph of one direction, give it the
/// lists of that direction.
///
/// A pure function of its fields and the arguments; a walk depends on its place among the starts and on the
/// key, not on the other walks.
public interface WalkSampler {
    /// Stands behind the end of a walk that could not go on.
    int NONE = -1;

    /// How many steps a walk has.
    int length();

    /// Walks once from each start; for several walks from a node, give it several times.
    ///
    /// @param starts nodes
    /// @param key source of all randomness
    /// @return the nodes of each walk, the start first, row-major, shape [starts.length, length() + 1]
    /// @throws IndexOutOfBoundsException if a start is no node of the graph
    int[] sample(Neighbors graph, int[] starts, long key);
}
