package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Samples up to `fanouts[hop]` neighbors of each node, without replacement, in proportion to the weights of
/// the edges: the first is drawn in proportion to all weights, the next in proportion to those left, and so
/// on. An edge of weight 0 is never taken. In a graph without weights this is uniform.
///
/// Each edge gets a key distributed exponentially with its weight as the rate, and the smallest keys win:
/// Efraimidis and Spirakis, "Weighted random sampling with a reservoir", Information Processing Letters 97,
/// 2006. With t the first key that did not win, an edge of weight w stands for w / (1 - exp(-w t)) of the
/// sum: Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007, whose rank conditioning
/// makes these estimates unbiased.
public final class WeightedSampler implements Sampler {
    private final Fanouts fanouts;

    /// @param fanouts neighbors of each node, for each hop, the seeds' first; -1 takes all
    public WeightedSampler(int... fanouts) {
        this.fanouts = new Fanouts(fanouts);
    }

    @Override
    public int hops() {
        return fanouts.hops();
    }

    @Override
    public Blocks sample(Neighbors graph, int[] seeds, long key) {
        BlocksBuilder blocks = BlocksBuilder.begin(graph, seeds, hops(), graph.weighted());
        return blocks.expand((hop, node) -> {
            int degree = graph.degree(node);
            int taken = fanouts.of(hop, degree);
            blocks.reserve(taken);
            if (taken < degree) {
                some(graph, blocks, node, taken, Mixing.split(key, node));
            } else {
                all(graph, blocks, node);
            }
        });
    }

    private static void all(Neighbors graph, BlocksBuilder blocks, int node) {
        long end = graph.end(node);
        for (long i = graph.begin(node); i < end; i++) {
            float weight = graph.weight(i);
            if (weight > 0) {
                add(graph, blocks, i, weight);
            }
        }
    }

    private static void some(Neighbors graph, BlocksBuilder blocks, int node, int taken, long key) {
        long begin = graph.begin(node);
        Smallest winners = blocks.smallest();
        winners.clear(taken + 1);
        offer(graph, winners, begin, graph.degree(node), key);
        // With no more than were wanted, all of positive weight are in.
        double first = winners.size() <= taken ? Double.POSITIVE_INFINITY : winners.removeLargest();
        int count = winners.size();
        int[] edges = winners.byItem();
        for (int i = 0; i < count; i++) {
            float weight = graph.weight(begin + edges[i]);
            add(graph, blocks, begin + edges[i], (float) (weight / -StrictMath.expm1(-weight * first)));
        }
    }

    private static void offer(Neighbors graph, Smallest winners, long begin, int degree, long key) {
        for (int i = 0; i < degree; i++) {
            float weight = graph.weight(begin + i);
            double unit = Mixing.unit(key, i);
            // -ln(u) >= 1 - u saves most of the logarithms.
            if (weight > 0 && !winners.refuses((1 - unit) / weight)) {
                winners.offer(-StrictMath.log(unit) / weight, i);
            }
        }
    }

    private static void add(Neighbors graph, BlocksBuilder blocks, long position, float weight) {
        if (graph.weighted()) {
            blocks.add(graph.source(position), position, weight);
        } else {
            blocks.add(graph.source(position), position);
        }
    }

    @Override
    public String toString() {
        return "weighted " + fanouts;
    }
}
