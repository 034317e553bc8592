package dev.hypha.learn.rewiring;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.rewiring.LocalShortcuts;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;

/// Locality-aware sequential rewiring: see [LocalShortcuts]. Before an ordinary model, the snapshots are
/// one graph with the edges of all; the paper's own model has weights for each.
///
/// @param farthest largest distance that edges are added from
/// @param part part of each node's orbit that is joined
/// @param least how many of an orbit are joined at least
/// @param walkLength steps of the walks whose number says how well two nodes are connected
public record Laser(
        @Option(def = "3", help = "largest distance that edges are added from", unit = "hops", min = 2, max = 64)
        int farthest,

        @Option(def = "0.1", help = "part of the nodes at each distance that is joined", min = 0, max = 1)
        double part,

        @Option(def = "1", help = "how many nodes at each distance are joined at least", min = 0)
        int least,

        @Option(def = "8", help = "steps of the walks counted between nodes", min = 1, max = 64)
        int walkLength)
        implements Rewiring {
    public Laser {
        Options.check(Laser.class, farthest, part, least, walkLength);
    }

    @Override
    public SimpleGraph rewire(SimpleGraph graph, long key, Threads threads) {
        return new LocalShortcuts(farthest, part, least, walkLength).rewire(graph, key, threads);
    }
}
