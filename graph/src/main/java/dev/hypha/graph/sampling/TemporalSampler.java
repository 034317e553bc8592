package dev.hypha.graph.sampling;

import dev.hypha.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Samples, for each seed, the nodes around it that are visible at its cut-off.
///
/// From a seed, and then from each node found, up to `fanouts[hop]` neighbors are taken per edge type. A neighbor is
/// taken only if its time is at most the seed's cut-off, so whatever a model does, it has never seen anything later.
/// Following Robinson et al., "RelBench", NeurIPS 2024 (disjoint trees, one time per seed).
///
/// A sample is a function of the arguments alone; a seed's tree does not even depend on the other seeds of the batch.
/// The work is spread over the fork-join pool that it is called from, else the common one.
public final class TemporalSampler {
    /// Seeds per task. Fixed, and without influence on the result.
    private static final int SEEDS_PER_PART = 32;

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
        int parts = (seeds.length + SEEDS_PER_PART - 1) / SEEDS_PER_PART;
        List<Trees> trees = IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> grow(graph, seedType, seeds, cutoffs, key, part * SEEDS_PER_PART))
                .toList();
        return new Assembly(graph, trees, fanouts.length).subgraph(seedType, seeds.length);
    }

    private Trees grow(Graph graph, int seedType, int[] seeds, long[] cutoffs, long key, int first) {
        var trees = new Trees(graph, fanouts, pick);
        for (int i = first; i < Math.min(seeds.length, first + SEEDS_PER_PART); i++) {
            trees.grow(i, seedType, seeds[i], cutoffs[i], key);
        }
        return trees;
    }
}
