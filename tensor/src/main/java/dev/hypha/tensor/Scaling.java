package dev.hypha.tensor;

/// Constant factors of the rows that an aggregation sums: y_i = t_i times the sum over sources j of s_j x_j. They are
/// what a mean and the normalised adjacencies are made of, and cost no number per entry.
///
/// @param sources s, at least as many as the pattern has columns, or null for ones
/// @param targets t, at least as many as the pattern has rows, or null for ones
// Arrays as components: factors are read by kernels and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Scaling(float[] sources, float[] targets) {
    /// Ones.
    public static final Scaling NONE = new Scaling(null, null);

    /// Each target divided by its number of entries: the mean.
    public static Scaling mean(Csr pattern) {
        return new Scaling(null, pattern.inverseDegrees());
    }

    /// Each entry divided by the square root of its target's number of entries times its source's: the symmetric
    /// normalisation D^-1/2 A D^-1/2. Kipf, Welling, "Semi-supervised classification with graph convolutional
    /// networks", ICLR 2017, equation 8; the pattern should hold the self-loops.
    public static Scaling symmetric(Csr pattern) {
        return new Scaling(roots(pattern.transpose().inverseDegrees()), roots(pattern.inverseDegrees()));
    }

    private static float[] roots(float[] values) {
        float[] roots = new float[values.length];
        for (int i = 0; i < roots.length; i++) roots[i] = (float) Math.sqrt(values[i]);
        return roots;
    }

    /// The factors of the transposed pattern.
    public Scaling transpose() {
        return new Scaling(targets, sources);
    }

    /// s_j, or 1.
    public float source(int j) {
        return sources == null ? 1 : sources[j];
    }

    /// t_i, or 1.
    public float target(int i) {
        return targets == null ? 1 : targets[i];
    }
}
