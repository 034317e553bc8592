package dev.hypha.tensor;

/// Dense products.
public interface ProductKernels {
    /// Rows `from` to `to` of out = op(a) op(b), where op transposes if asked; added to `out` if `accumulate`.
    ///
    /// @param a shape [m, k], or [k, m] if transposed
    /// @param b shape [k, n], or [n, k] if transposed
    /// @param out shape [m, n]
    void product(
            Matrix a,
            boolean transposeA,
            Matrix b,
            boolean transposeB,
            Matrix out,
            boolean accumulate,
            int from,
            int to);
}
