package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Objects;

/// Gives each seed a bounded subgraph of its own: itself, the nodes with the highest personalised PageRank,
/// and all edges between them, over which a model of any depth runs. Draws nothing. Zeng et al., "Decoupling
/// the depth and scope of graph neural networks", NeurIPS 2021 (shaDow); scores by the forward push of
/// Andersen, Chung and Lang, FOCS 2006.
///
/// The local nodes are the seeds and then, scope after scope, the others by falling score; [Blocks#seedOf]
/// says whose they are. No edge leads from one scope to another, and a seed's scope does not depend on the
/// batch.
///
/// @param restart probability of returning to the seed at each step, above 0 and at most 1; 0.15 to 0.25 are
///     usual
/// @param threshold how much of the walk may be left at a node, for each of its edges; 1e-4 to 1e-6 are usual
/// @param most how many nodes at most beside the seed
/// @param hops the number of layers to serve
public record PprScopeSampler(double restart, double threshold, int most, int hops) implements Sampler {
    public PprScopeSampler {
        check(restart, threshold, most);
        if (hops < 0) {
            throw new IllegalArgumentException("no number of hops: " + hops);
        }
    }

    static void check(double restart, double threshold, int most) {
        if (!(restart > 0 && restart <= 1) || !(threshold > 0) || most < 0) {
            throw new IllegalArgumentException("no scope by PageRank: restart %s, threshold %s, %d nodes at most"
                    .formatted(restart, threshold, most));
        }
    }

    @Override
    public Blocks sample(Neighbors graph, int[] seeds, long key) {
        var scopes = new Scopes(graph, seeds, hops);
        var push = new ForwardPush();
        var best = new Smallest();
        for (int seed : seeds) {
            push.run(graph, Objects.checkIndex(seed, graph.targets()), restart, threshold);
            scopes.add(hops == 0 ? new int[0] : push.top(most, false, best));
        }
        return scopes.blocks();
    }
}
