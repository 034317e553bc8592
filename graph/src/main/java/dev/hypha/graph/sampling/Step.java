package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// One step of a random walk.
final class Step {
    private Step() {}

    /// A member of a node's list, in proportion to the weights; [WalkSampler#NONE] if there is none of
    /// positive weight.
    static int from(Neighbors graph, int node, long key) {
        long begin = graph.begin(node);
        long end = graph.end(node);
        if (begin == end) {
            return WalkSampler.NONE;
        }
        if (!graph.weighted()) {
            return graph.source(begin + Mixing.below(Math.toIntExact(end - begin), key, 0));
        }
        double sum = 0;
        for (long i = begin; i < end; i++) {
            sum += graph.weight(i);
        }
        double left = Mixing.unit(key, 0) * sum;
        int last = WalkSampler.NONE;
        for (long i = begin; i < end; i++) {
            float weight = graph.weight(i);
            if (weight > 0) {
                last = graph.source(i);
                left -= weight;
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
