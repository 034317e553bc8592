package dev.hypha.learn.sheaf;

import dev.hypha.learn.LayerEdges;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.Tensor;

/// The edges of a layer as a sheaf sees them: without those from a node to itself, which say nothing of a difference
/// between nodes, and each with two ends whose maps it carries.
///
/// A node's degree block is `D_v = sum over its edges e of F_v^T F_v`. Where only some of its edges are looked at, they
/// count for as many more as they are fewer; on a whole graph whose edges go both ways every edge is met
/// twice, once from either end, and D_v is the sum as it stands.
public final class SheafEdges {
    private final Csr pattern;
    private final int[] degrees;
    private final Csr asTarget;
    private final Csr asSource;
    private final Scaling perNode;
    private final Scaling perTarget;

    private SheafEdges(LayerEdges edges) {
        this.pattern = edges.others();
        this.degrees = new int[edges.sources()];
        for (int v = 0; v < degrees.length; v++) degrees[v] = edges.degree(v);
        this.asTarget = entriesOf(degrees.length, pattern);
        this.asSource = entriesOf(degrees.length, pattern.transpose());
        this.perNode = new Scaling(null, shares());
        this.perTarget = stoodFor();
    }

    /// Worked out once per layer of edges.
    public static SheafEdges of(LayerEdges edges) {
        return edges.once(SheafEdges.class, SheafEdges.class, () -> new SheafEdges(edges));
    }

    /// For each node the entries of a pattern that stand in its row, by the number that weights know them by.
    private static Csr entriesOf(int nodes, Csr pattern) {
        int[] offsets = new int[nodes + 1];
        int[] entries = new int[pattern.edges()];
        for (int v = 0; v < nodes; v++) {
            offsets[v + 1] = v < pattern.rows() ? pattern.offsets()[v + 1] : pattern.edges();
        }
        for (int e = 0; e < entries.length; e++) entries[e] = pattern.entry(e);
        return new Csr(nodes, pattern.edges(), offsets, entries);
    }

    private float[] shares() {
        float[] shares = new float[degrees.length];
        for (int v = 0; v < shares.length; v++) {
            int met = asTarget.degree(v) + asSource.degree(v);
            shares[v] = met == 0 ? 0 : (float) degrees[v] / met;
        }
        return shares;
    }

    private Scaling stoodFor() {
        float[] factors = new float[pattern.rows()];
        boolean ones = true;
        for (int i = 0; i < factors.length; i++) {
            int met = pattern.degree(i);
            factors[i] = met == 0 ? 1 : (float) degrees[i] / met;
            ones &= factors[i] == 1;
        }
        return ones ? Scaling.NONE : new Scaling(null, factors);
    }

    /// Targets x sources, no node its own source.
    public Csr pattern() {
        return pattern;
    }

    /// Number of targets, the first of the sources.
    int targets() {
        return pattern.rows();
    }

    /// How many edges a source has in the whole graph.
    int degree(int node) {
        return degrees[node];
    }

    /// Sums over the entries of each target are to be scaled by this, so that edges left out are stood for.
    Scaling perTarget() {
        return perTarget;
    }

    /// The sum over all edges of each node of what belongs to its end.
    ///
    /// @param ofTargets a row per entry that belongs to its target's end
    /// @param ofSources the same of its source's end
    /// @return a row per source of the layer
    Tensor perNode(Tensor ofTargets, Tensor ofSources) {
        return ofTargets.spmm(asTarget, perNode).plus(ofSources.spmm(asSource, perNode));
    }
}
