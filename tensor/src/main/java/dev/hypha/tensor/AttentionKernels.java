package dev.hypha.tensor;

/// Attention over the entries of a pattern: scores, softmax and weighted sum of a target in one go, with
/// nothing stored per entry. The backward computes scores and weights again. The statistics of a target,
/// shape [targets, 4 heads], are four numbers per head, head by head in each quarter: c, the logarithm of
/// the sum of e^score over its entries, by which weights are e^(score - c); D, the dot product of its rows
/// of output and gradient; and for GAT a copy of its row of left, so that what a walk over sources needs of
/// a target lies together, and S, the sum of its weights of entries with a score above 0.
public interface AttentionKernels {
    /// out row i = the sum over entries of row i of weight times row j of the values; 0 without entries.
    ///
    /// @param stats receives c (0 without entries), and S where `above` is wanted
    /// @param above receives the same sum as `out` over entries with a score above 0, for GAT; null if not
    ///     wanted
    void forward(Attention.Operands in, Matrix out, Matrix stats, Matrix above, int from, int to);

    /// Writes D and for GAT the copy of left into the statistics.
    void outputDots(Attention.Operands in, Matrix out, Matrix dy, Matrix stats, int from, int to);

    /// Adds to rows `from` to `to` of the left gradient, and to row `piece` of the vector's.
    ///
    /// @param above what [#forward] gave, for GAT
    /// @param dLeft null if not wanted
    /// @param dVectors shape [pieces, cols], null if not wanted
    void targetGradient(
            Attention.Operands in,
            Matrix stats,
            Matrix above,
            Matrix dy,
            Matrix dLeft,
            Matrix dVectors,
            int piece,
            int from,
            int to);

    /// Adds to rows `from` to `to` of the gradients of right and values, on the transposed pattern.
    ///
    /// @param dRight null if not wanted
    /// @param dValues null if not wanted
    void sourceGradient(
            Attention.Operands in, Matrix stats, Matrix dy, Matrix dRight, Matrix dValues, int from, int to);
}
