package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Walks that remember one node: Grover and Leskovec, "node2vec: scalable feature learning for networks",
/// KDD 2016. From v, reached from t, the weight of a step to x is multiplied by 1/p if x is t, by 1 if there
/// is an edge from t to x, and by 1/q otherwise. The first step is not biased.
///
/// A step is proposed without the bias and accepted in proportion to it (Yang et al., "KnightKing", SOSP
/// 2019), which needs no table per edge; after many refusals, all that it could be is gone through instead.
///
/// @param length steps of each walk
/// @param p the higher, the rarer a walk turns back
/// @param q the higher, the closer it stays
public record BiasedWalks(int length, double p, double q) implements WalkSampler {
    private static final int TRIES = 64;

    public BiasedWalks {
        if (length < 0 || !(p > 0 && p <= Double.MAX_VALUE) || !(q > 0 && q <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("no random walks: %d steps, p %s, q %s".formatted(length, p, q));
        }
    }

    @Override
    public int[] sample(Neighbors graph, int[] starts, long key) {
        return Walking.sample(
                graph,
                starts,
                length,
                key,
                (start, before, node, own) ->
                        before == NONE ? Step.from(graph, node, own) : biased(graph, before, node, own));
    }

    private int biased(Neighbors graph, int before, int node, long key) {
        double most = Math.max(1, Math.max(1 / p, 1 / q));
        double least = Math.min(1, Math.min(1 / p, 1 / q));
        for (int i = 0; i < TRIES; i++) {
            long own = Mixing.split(key, i);
            int next = Step.from(graph, node, own);
            double bar = Mixing.unit(own, 1) * most;
            // Below the least of the three there is no need to look for the edge.
            if (next == NONE || bar < least || bar < bias(graph, before, next)) {
                return next;
            }
        }
        return exactly(graph, before, node, Mixing.split(key, TRIES));
    }

    private double bias(Neighbors graph, int before, int next) {
        if (next == before) {
            return 1 / p;
        }
        return graph.contains(before, next) ? 1 : 1 / q;
    }

    private int exactly(Neighbors graph, int before, int node, long key) {
        double total = 0;
        int chosen = NONE;
        long begin = graph.begin(node);
        for (long i = begin; i < graph.end(node); i++) {
            double weight = graph.weight(i) * bias(graph, before, graph.source(i));
            total += weight;
            if (Mixing.unit(key, i - begin) * total < weight) {
                chosen = graph.source(i);
            }
        }
        return chosen;
    }
}
