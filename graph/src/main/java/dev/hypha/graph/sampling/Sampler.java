package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// A method that chooses what part of a graph some seeds look at.
///
/// Its fields are its hyper-parameters; what it does is a pure function of them and of the arguments, with
/// the same bits on any thread. A batch is made by the thread that asks for it: to use more threads, ask for
/// several batches at once.
public interface Sampler {
    /// How many hops a sample reaches: the number of layers that it serves.
    int hops();

    /// Samples one batch.
    ///
    /// @param graph each node's list of neighbors, targets and sources of one node type
    /// @param seeds nodes; the same one may stand there several times
    /// @param key source of all randomness
    /// @throws IndexOutOfBoundsException if a seed is no node of the graph
    Blocks sample(Neighbors graph, int[] seeds, long key);
}
