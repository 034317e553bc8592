package dev.hypha.graph.sampling;

import dev.hypha.graph.Graph;
import java.util.Arrays;
import java.util.Objects;

/// Samples, for each seed, the nodes around it that are visible at its cut-off.
///
/// From a seed, and then from each node found, up to `fanouts[hop]` neighbors are taken per edge type. A neighbor is
/// taken only if its time is at most the seed's cut-off, so whatever a model does, it has never seen anything later.
/// Following Robinson et al., "RelBench", NeurIPS 2024 (disjoint trees, one time per seed).
///
/// A sample is a function of the arguments alone; a seed's tree does not even depend on the other seeds of the batch.
/// It is made by the thread that asks for it: to use more threads, ask for several samples at once.
public final class TemporalSampler {
    private final int[] fanouts;
    private final Pick pick;

    /// @param fanouts neighbors per edge type, for each hop, the seeds' first; -1 takes all; at most 7 hops
    /// @param pick which ones where there are more
    public TemporalSampler(int[] fanouts, Pick pick) {
        if (fanouts.length > Trees.MOST_HOPS || Arrays.stream(fanouts).anyMatch(fanout -> fanout < -1)) {
            throw new IllegalArgumentException("no fan-outs of a sampler: " + Arrays.toString(fanouts));
        }
        this.fanouts = fanouts.clone();
        this.pick = Objects.requireNonNull(pick);
    }

    /// How many hops a sample reaches.
    public int hops() {
        return fanouts.length;
    }

    /// Samples one batch.
    ///
    /// @param seedType index of the seeds' node type
    /// @param seeds nodes; the same one may stand there several times
    /// @param cutoffs for each seed the last instant that is visible, in microseconds since 1970-01-01 UTC
    /// @param key source of the randomness of [Pick#UNIFORM]
    public Subgraph sample(Graph graph, int seedType, int[] seeds, long[] cutoffs, long key) {
        if (seeds.length != cutoffs.length) {
            throw new IllegalArgumentException(seeds.length + " seeds with " + cutoffs.length + " cut-offs");
        }
        var trees = new Trees(graph, fanouts, pick);
        for (int i = 0; i < seeds.length; i++) {
            trees.grow(i, seedType, seeds[i], cutoffs[i], key);
        }
        return new Assembly(graph, trees, fanouts.length).subgraph(seedType, seeds.length);
    }
}
