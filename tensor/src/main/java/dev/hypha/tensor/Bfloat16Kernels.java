package dev.hypha.tensor;

/// What reads bfloat16: it is widened on the way and calculated with in float32. Ranges are rows of the
/// output.
public interface Bfloat16Kernels {
    /// out = x, exactly.
    void widen(Bfloat16Matrix x, Matrix out, int from, int to);

    /// out row i = x row `rows[i]`.
    void gather(Bfloat16Matrix x, int[] rows, Bfloat16Matrix out, int from, int to);

    /// out row i = t_i times the sum over the sources j of row i of s_j times row j of x.
    ///
    /// @param scaling s and t
    void sum(Csr pattern, Scaling scaling, Bfloat16Matrix x, Matrix out, int from, int to);
}
