package dev.hypha.learn.rewiring;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.rewiring.GreedyResistance;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;

/// Greedy total resistance: see [GreedyResistance].
///
/// @param add edges added
public record Gtr(
        @Option(def = "10", help = "edges added where total effective resistance sinks most", min = 0)
        int add) implements Rewiring {
    public Gtr {
        Options.check(Gtr.class, add);
    }

    @Override
    public SimpleGraph rewire(SimpleGraph graph, long key, Threads threads) {
        return GreedyResistance.rewire(graph, add, threads);
    }
}
