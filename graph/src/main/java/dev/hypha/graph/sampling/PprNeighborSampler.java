package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Gives each seed the nodes with the highest personalised PageRank as its neighbors, itself among them,
/// with their scores as weights, the highest first: one hop, however far away they are. Draws nothing.
/// Bojchevski et al., "Scaling graph neural networks with approximate PageRank", KDD 2020 (PPRGo); scores by
/// the forward push of Andersen, Chung and Lang, FOCS 2006, which are from below.
///
/// @param restart probability of returning to the seed at each step, above 0 and at most 1; 0.15 to 0.25 are
///     usual
/// @param threshold how much of the walk may be left at a node, for each of its edges; 1e-4 to 1e-6 are usual
/// @param most how many nodes at most
public record PprNeighborSampler(double restart, double threshold, int most) implements Sampler {
    public PprNeighborSampler {
        PprScopeSampler.check(restart, threshold, most);
    }

    @Override
    public int hops() {
        return 1;
    }

    @Override
    public Blocks sample(Neighbors graph, int[] seeds, long key) {
        BlocksBuilder blocks = BlocksBuilder.begin(graph, seeds, 1, true);
        var push = new ForwardPush();
        int end = blocks.end();
        for (int row = 0; row < end; row++) {
            push.run(graph, blocks.node(row), restart, threshold);
            int[] top = push.top(most, true, blocks.smallest());
            blocks.reserve(top.length);
            for (int node : top) {
                blocks.add(node, 0, (float) push.scoreOf(node));
            }
            blocks.endRow();
        }
        blocks.endHop();
        return blocks.blocksWithoutPositions();
    }
}
