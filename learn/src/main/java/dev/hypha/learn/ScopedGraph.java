package dev.hypha.learn;

import dev.hypha.graph.Neighbors;
import dev.hypha.graph.sampling.Blocks;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.StoredMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Batches in which each node that is answered for has a scope of its own, a subgraph of bounded size: what is worked
/// out for a node does not depend on its batch, nor its cost on the size of the graph. To layers a scope is a graph of
/// its own, degrees included. Directions of edges are not told.
public final class ScopedGraph implements BatchSource<NodeBatch> {
    private final StoredMatrix features;
    private final Neighbors graph;
    private final ScopedModel model;
    private final LabelledNodes rows;

    /// @param features of all nodes, shape [nodes, width]
    /// @param graph its edges, without direction
    /// @param model that says how scopes are cut out
    /// @param nodes that are answered for: the rows of this source
    /// @param labels of these nodes, or empty; several for each in a row where the task has several
    public ScopedGraph(StoredMatrix features, Neighbors graph, ScopedModel model, int[] nodes, float[] labels) {
        if (graph.targets() != features.rows()) {
            throw new IllegalArgumentException("edges of another graph than the features");
        }
        this.rows = new LabelledNodes(nodes, labels);
        this.features = features;
        this.graph = graph;
        this.model = model;
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
        Blocks blocks = model.scopes().sample(graph, seeds, key);
        float[] wanted = rows.labels(some);
        return new NodeBatch(features, blocks.nodes(), layers(blocks), null, wanted, scopes(blocks));
    }

    /// The same edges for every layer; where only the seeds are read, the last layer has them alone as targets.
    private List<LayerEdges> layers(Blocks blocks) {
        int all = blocks.nodes().length;
        Csr pattern = new Csr(all, all, blocks.offsets(), blocks.sources());
        int[] degrees = new int[all];
        for (int i = 0; i < all; i++) degrees[i] = degree(pattern, i);
        LayerEdges edges = new LayerEdges(pattern, degrees);
        List<LayerEdges> layers = new ArrayList<>(Collections.nCopies(model.layers(), edges));
        if (!model.pools()) {
            int seeds = blocks.ends()[0];
            layers.set(layers.size() - 1, new LayerEdges(pattern.prefix(seeds, all), degrees));
        }
        return layers;
    }

    /// How many edges come into a node of its scope from others.
    private static int degree(Csr pattern, int node) {
        int degree = 0;
        for (int e = pattern.offsets()[node]; e < pattern.offsets()[node + 1]; e++) {
            if (pattern.indices()[e] != node) degree++;
        }
        return degree;
    }

    private static Csr scopes(Blocks blocks) {
        int seeds = blocks.ends()[0];
        int[] seedOf = blocks.seedOf();
        int[] offsets = new int[seeds + 1];
        for (int seed : seedOf) offsets[seed + 1]++;
        for (int i = 0; i < seeds; i++) offsets[i + 1] += offsets[i];
        int[] next = offsets.clone();
        int[] members = new int[seedOf.length];
        for (int local = 0; local < seedOf.length; local++) members[next[seedOf[local]]++] = local;
        return new Csr(seeds, seedOf.length, offsets, members);
    }
}
