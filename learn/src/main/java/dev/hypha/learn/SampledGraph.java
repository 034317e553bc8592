package dev.hypha.learn;

import dev.hypha.graph.Neighbors;
import dev.hypha.graph.sampling.Blocks;
import dev.hypha.graph.sampling.Sampler;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.StoredMatrix;
import java.util.ArrayList;
import java.util.List;

/// Batches that look at what a sampler finds around the nodes they answer for: training where a whole
/// graph is too much for one step.
public final class SampledGraph implements BatchSource<NodeBatch> {
    private final StoredMatrix features;
    private final Neighbors graph;
    private final Directions directions;
    private final Sampler sampler;
    private final LabelledNodes rows;
    private final int[] degrees;

    /// Samples of a graph without directions.
    ///
    /// @param features of all nodes, shape [nodes, width]
    /// @param graph its edges
    /// @param sampler that reaches as many hops as the model has layers
    /// @param nodes that are answered for: the rows of this source
    /// @param labels of these nodes, or empty; several for each in a row where the task has several
    public SampledGraph(StoredMatrix features, Neighbors graph, Sampler sampler, int[] nodes, float[] labels) {
        this(features, graph, null, sampler, nodes, labels);
    }

    /// @param features of all nodes, shape [nodes, width]
    /// @param graph its edges, without direction
    /// @param directions of all of them, for models that tell them apart, or null
    /// @param sampler that reaches as many hops as the model has layers
    /// @param nodes that are answered for: the rows of this source
    /// @param labels of these nodes, or empty
    public SampledGraph(
            StoredMatrix features,
            Neighbors graph,
            Directions directions,
            Sampler sampler,
            int[] nodes,
            float[] labels) {
        if (graph.targets() != features.rows()) {
            throw new IllegalArgumentException("edges of another graph than the features");
        }
        this.rows = new LabelledNodes(nodes, labels);
        this.features = features;
        this.graph = graph;
        this.directions = directions;
        this.sampler = sampler;
        this.degrees = new int[graph.targets()];
        for (int i = 0; i < degrees.length; i++) degrees[i] = graph.degree(i) - (graph.contains(i, i) ? 1 : 0);
    }

    @Override
    public int count() {
        return rows.count();
    }

    @Override
    public float[] labels() {
        return rows.labels();
    }

    @Override
    public NodeBatch batch(int[] some, long key) {
        int[] seeds = rows.nodes(some);
        float[] wanted = rows.labels(some);
        Blocks blocks = sampler.sample(graph, seeds, key);
        boolean distinct = blocks.ends()[0] == seeds.length;
        return new NodeBatch(features, blocks.nodes(), layers(blocks), distinct ? null : blocks.seedRows(), wanted);
    }

    private List<LayerEdges> layers(Blocks blocks) {
        if (blocks.hops() == 0) return List.of();
        int[] some = new int[blocks.nodes().length];
        for (int i = 0; i < some.length; i++) some[i] = degrees[blocks.nodes()[i]];
        int hops = blocks.hops();
        int[] ends = blocks.ends();
        Csr all = new Csr(ends[hops - 1], ends[hops], blocks.offsets(), blocks.sources());
        Directions both = directions == null ? null : directions.under(blocks.nodes(), all);
        List<LayerEdges> layers = new ArrayList<>();
        for (int l = 1; l <= hops; l++) {
            Csr pattern = new Csr(ends[hops - l], ends[hops - l + 1], blocks.offsets(), blocks.sources());
            layers.add(
                    new LayerEdges(pattern, some, both == null ? null : both.prefix(pattern.rows(), pattern.cols())));
        }
        return layers;
    }
}
