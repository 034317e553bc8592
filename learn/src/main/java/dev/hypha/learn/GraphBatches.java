package dev.hypha.learn;

import dev.hypha.graph.Graph;
import dev.hypha.graph.sampling.TemporalSampler;
import java.util.List;

/// Batches of seeds on a graph: samples around each seed what is visible at its cut-off, and gathers the features.
public final class GraphBatches implements BatchSource<RowBatch> {
    private final Graph graph;
    private final List<Features> features;
    private final TemporalSampler sampler;
    private final int seedType;
    private final Seeds seeds;

    /// @param features per node type, in the graph's order
    /// @param seedType the node type of the seeds
    public GraphBatches(Graph graph, List<Features> features, TemporalSampler sampler, int seedType, Seeds seeds) {
        this.graph = graph;
        this.features = List.copyOf(features);
        this.sampler = sampler;
        this.seedType = seedType;
        this.seeds = seeds;
    }

    @Override
    public int count() {
        return seeds.count();
    }

    @Override
    public float[] labels() {
        return seeds.label();
    }

    @Override
    public RowBatch batch(int[] rows, long key) {
        Seeds chosen = seeds.rows(rows);
        return RowBatch.of(
                graph, features, sampler.sample(graph, seedType, chosen.node(), chosen.cutoff(), key), chosen);
    }
}
