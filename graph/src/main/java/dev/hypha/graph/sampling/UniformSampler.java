package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Samples up to `fanouts[hop]` neighbors of each node, without replacement, each set of them equally
/// likely. Hamilton, Ying and Leskovec, "Inductive representation learning on large graphs", NeurIPS 2017,
/// algorithm 2.
///
/// Which neighbors a node gets depends on the key, the node and the fan-out of its hop, not on the other
/// seeds. A node that is met again in a later hop keeps those of its first. In a graph with weights an edge
/// of a row of n out of d edges gets its weight times d / n.
public final class UniformSampler implements Sampler {
    private final Fanouts fanouts;

    /// @param fanouts neighbors of each node, for each hop, the seeds' first; -1 takes all
    public UniformSampler(int... fanouts) {
        this.fanouts = new Fanouts(fanouts);
    }

    @Override
    public int hops() {
        return fanouts.hops();
    }

    @Override
    public Blocks sample(Neighbors graph, int[] seeds, long key) {
        BlocksBuilder blocks = BlocksBuilder.begin(graph, seeds, hops(), graph.weighted());
        return blocks.expand((hop, node) -> neighbors(graph, blocks, hop, node, key));
    }

    private void neighbors(Neighbors graph, BlocksBuilder blocks, int hop, int node, long key) {
        long begin = graph.begin(node);
        int degree = Math.toIntExact(graph.end(node) - begin);
        int taken = fanouts.of(hop, degree);
        blocks.reserve(taken);
        int[] drawn = taken == degree ? null : blocks.draw().distinct(taken, degree, Mixing.split(key, node));
        float scale = (float) degree / taken;
        for (int i = 0; i < taken; i++) {
            long position = begin + (drawn == null ? i : drawn[i]);
            if (graph.weighted()) {
                blocks.add(graph.source(position), position, graph.weight(position) * scale);
            } else {
                blocks.add(graph.source(position), position);
            }
        }
    }

    @Override
    public String toString() {
        return "uniform " + fanouts;
    }
}
