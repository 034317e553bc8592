package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Takes the seeds and every edge between two of them: the subgraph that they induce, in which every layer
/// computes all of them. Draws nothing. With the nodes of a few clusters as seeds (see [Partition]) this is
/// the batch of Chiang et al., "Cluster-GCN", KDD 2019; with the nodes that a few random walks met, that of
/// Zeng et al., "GraphSAINT", ICLR 2020.
///
/// @param hops the number of layers to serve
public record InducedSampler(int hops) implements Sampler {
    public InducedSampler {
        if (hops < 0) {
            throw new IllegalArgumentException("no number of hops: " + hops);
        }
    }

    @Override
    public Blocks sample(Neighbors graph, int[] seeds, long key) {
        BlocksBuilder blocks = BlocksBuilder.begin(graph, seeds, hops, graph.weighted());
        int end = blocks.end();
        for (int row = 0; row < end && hops > 0; row++) {
            neighbors(graph, blocks, blocks.node(row));
            blocks.endRow();
        }
        for (int hop = 0; hop < hops; hop++) {
            blocks.endHop();
        }
        return blocks.blocks();
    }

    private static void neighbors(Neighbors graph, BlocksBuilder blocks, int node) {
        long end = graph.end(node);
        for (long i = graph.begin(node); i < end; i++) {
            int source = graph.source(i);
            if (blocks.has(source)) {
                blocks.reserve(1);
                if (graph.weighted()) {
                    blocks.add(source, i, graph.weight(i));
                } else {
                    blocks.add(source, i);
                }
            }
        }
    }
}
