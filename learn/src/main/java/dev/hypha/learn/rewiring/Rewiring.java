package dev.hypha.learn.rewiring;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;

/// Changes the edges of a graph before a model is trained on it; labels and features it does not see. A
/// record whose components carry [dev.hypha.learn.Option], listed in [Rewirings].
public interface Rewiring {
    /// The graph with other edges among the same nodes.
    ///
    /// @param key what is random in it
    /// @throws dev.hypha.graph.InputException where the graph is more than the method can take
    SimpleGraph rewire(SimpleGraph graph, long key, Threads threads);
}
