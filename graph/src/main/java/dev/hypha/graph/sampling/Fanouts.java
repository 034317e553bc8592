package dev.hypha.graph.sampling;

import java.util.Arrays;

/// How many neighbors are taken at most of each node, for each hop, the seeds' first; -1 takes all.
final class Fanouts {
    private final int[] fanouts;

    /// @throws IllegalArgumentException for a number below -1
    Fanouts(int[] fanouts) {
        if (Arrays.stream(fanouts).anyMatch(fanout -> fanout < -1)) {
            throw new IllegalArgumentException("no fan-outs of a sampler: " + Arrays.toString(fanouts));
        }
        this.fanouts = fanouts.clone();
    }

    int hops() {
        return fanouts.length;
    }

    /// How many neighbors a node of that degree gets in that hop.
    int of(int hop, int degree) {
        return fanouts[hop] < 0 ? degree : Math.min(fanouts[hop], degree);
    }

    @Override
    public String toString() {
        return Arrays.toString(fanouts);
    }
}
