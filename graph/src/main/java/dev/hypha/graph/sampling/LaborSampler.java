package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Layer-neighbor sampling: about as many neighbors of each node as neighbor sampling takes, and as exact
/// for each, but far fewer nodes in all, because the nodes of a hop choose their neighbors by the same dice.
/// Balin and Çatalyürek, "Layer-neighbor sampling: defusing neighborhood explosion in GNNs", NeurIPS 2023.
///
/// Every node t of the graph has one random number r(t) per hop. The edge from t to s is taken if r(t) <=
/// c(s) pi(t), and then stands for 1 / min(1, c(s) pi(t)) edges. c(s) is chosen such that the variance for s
/// is that of sampling `fanouts[hop]` neighbors: the sum of 1 / min(1, c(s) pi(t)) over its d edges is d² /
/// fanout. With no iterations pi = 1 (LABOR-0); each iteration sets pi(t) to pi(t) max c(s), the largest
/// over the s that t leads to, which lowers the expected number of nodes.
///
/// With weights a(t,s) the sum is that of a² / min(1, c pi), LABOR-0 has pi = a, and the variance is that of
/// the weighted sum. Where the degree is at most the fan-out all neighbors are taken; else, as in the paper,
/// their number is random, about the fan-out. A node met in an earlier hop keeps the neighbors it has.
public final class LaborSampler implements Sampler {
    /// As an argument of the constructor: iterate until the expected number of nodes falls by less than 1 in
    /// 10,000.
    public static final int CONVERGED = -1;

    private final int iterations;
    private final Fanouts fanouts;

    /// @param iterations how often pi is improved: 0 or more, or [#CONVERGED]; one or two bring most of it
    /// @param fanouts neighbors of each node, for each hop, the seeds' first; -1 takes all
    public LaborSampler(int iterations, int... fanouts) {
        if (iterations < CONVERGED) {
            throw new IllegalArgumentException("no number of iterations: " + iterations);
        }
        this.iterations = iterations;
        this.fanouts = new Fanouts(fanouts);
    }

    @Override
    public int hops() {
        return fanouts.hops();
    }

    @Override
    public Blocks sample(Neighbors graph, int[] seeds, long key) {
        BlocksBuilder blocks = BlocksBuilder.begin(graph, seeds, hops(), true);
        LaborLayer layer = blocks.laborLayer();
        for (int hop = 0; hop < hops(); hop++) {
            layer.prepare(graph, blocks, fanouts, iterations);
            int end = blocks.end();
            for (int row = blocks.first(); row < end; row++) {
                layer.take(blocks.node(row), Mixing.split(key, hop));
                blocks.endRow();
            }
            blocks.endHop();
        }
        layer.forget();
        return blocks.blocks();
    }

    @Override
    public String toString() {
        return "labor " + (iterations == CONVERGED ? "*" : iterations) + " " + fanouts;
    }
}
