package dev.hypha.learn;

import dev.hypha.tensor.Csr;

/// The edges over which one layer passes messages. Targets are the first of the sources: row i of either is the same
/// node. Shared by passes and threads; what is derived is worked out once.
public final class LayerEdges {
    private final Csr pattern;
    private final int[] degrees;
    private Csr looped;
    private float[] sourceScale;
    private float[] targetScale;

    /// @param pattern targets x sources
    /// @param degrees how many edges come into each source in the whole graph, from other nodes than itself
    public LayerEdges(Csr pattern, int[] degrees) {
        if (pattern.rows() > pattern.cols()) throw new IllegalArgumentException("more targets than sources");
        if (degrees.length < pattern.cols()) throw new IllegalArgumentException("fewer degrees than sources");
        this.pattern = pattern;
        this.degrees = degrees;
    }

    /// Targets x sources, as the graph has them.
    public Csr pattern() {
        return pattern;
    }

    /// Number of targets.
    public int targets() {
        return pattern.rows();
    }

    /// Number of sources.
    public int sources() {
        return pattern.cols();
    }

    /// The pattern with exactly one edge from each target to itself, the first of its row.
    public synchronized Csr looped() {
        if (looped == null) looped = withLoops();
        return looped;
    }

    private Csr withLoops() {
        int[] from = pattern.offsets();
        int[] sources = pattern.indices();
        int[] offsets = new int[targets() + 1];
        for (int i = 0; i < targets(); i++) {
            int own = 0;
            for (int e = from[i]; e < from[i + 1]; e++) if (sources[e] == i) own++;
            offsets[i + 1] = offsets[i] + pattern.degree(i) - own + 1;
        }
        int[] indices = new int[offsets[targets()]];
        for (int i = 0; i < targets(); i++) {
            int at = offsets[i];
            indices[at++] = i;
            for (int e = from[i]; e < from[i + 1]; e++) if (sources[e] != i) indices[at++] = sources[e];
        }
        return new Csr(targets(), sources(), offsets, indices);
    }

    /// 1 / sqrt(d_j + 1) for each source j with degree d_j: the right factor of the symmetrically normalised adjacency
    /// with self-loops, `D^-1/2 (A + I) D^-1/2`. Kipf and Welling, ICLR 2017, equation 2.
    public synchronized float[] sourceScale() {
        if (sourceScale == null) {
            sourceScale = new float[sources()];
            for (int j = 0; j < sourceScale.length; j++) sourceScale[j] = root(j);
        }
        return sourceScale;
    }

    /// The left factor, 1 / sqrt(d_i + 1) for each target i. Where only some of its edges were sampled, it is larger by
    /// as much as they are fewer, so that the expectation over samples is that of the whole graph.
    public synchronized float[] targetScale() {
        if (targetScale == null) {
            Csr edges = looped();
            targetScale = new float[targets()];
            for (int i = 0; i < targetScale.length; i++) {
                targetScale[i] = root(i) * (degrees[i] + 1) / edges.degree(i);
            }
        }
        return targetScale;
    }

    private float root(int node) {
        return (float) (1 / Math.sqrt(degrees[node] + 1.0));
    }
}
