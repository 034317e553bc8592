package dev.hypha.learn.rewiring;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.rewiring.BatchRicciFlow;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;

/// Batch Ollivier-Ricci flow: see [BatchRicciFlow]. Defaults are the published ones for Cora; an edge of
/// theirs is directed, so their numbers add and remove about half as many undirected ones.
///
/// @param batches how often curvatures are computed
/// @param add edges added per batch, around those of lowest curvature
/// @param remove edges of highest curvature removed per batch
public record Borf(
        @Option(def = "3", help = "how often curvatures are computed", min = 0, max = 1000)
        int batches,

        @Option(def = "20", help = "edges added per batch, around those of lowest curvature", min = 0)
        int add,

        @Option(def = "10", help = "edges of highest curvature removed per batch", min = 0)
        int remove)
        implements Rewiring {
    public Borf {
        Options.check(Borf.class, batches, add, remove);
    }

    @Override
    public SimpleGraph rewire(SimpleGraph graph, long key, Threads threads) {
        return BatchRicciFlow.rewire(graph, batches, add, remove, threads);
    }
}
