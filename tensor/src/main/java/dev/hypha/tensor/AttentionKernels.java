package dev.hypha.tensor;

/// Attention over the entries of a pattern: scores, softmax and weighted sum of a target in one go, with nothing stored
/// per entry. The backward computes scores and weights again from two numbers per target and head.
public interface AttentionKernels {
    /// out row i = the sum over entries of row i of weight times row j of the values; 0 without entries.
    ///
    /// @param stats shape [targets, 4 heads], receives in its first two quarters, head by head, the largest score
    ///     and 1 / the sum of e^(score - largest)
    void forward(Attention.Operands in, Matrix out, Matrix stats, int from, int to);

    /// Writes the dot products of rows of out and dy, head by head, into the third quarter of `stats`, and for GAT
    /// a copy of left into the last: what a walk over sources needs of a target then lies together.
    void outputDots(Attention.Operands in, Matrix out, Matrix dy, Matrix stats, int from, int to);

    /// Adds to rows `from` to `to` of the left gradient, and to row `piece` of the vector's.
    ///
    /// @param dLeft null if not wanted
    /// @param dVectors shape [pieces, cols], null if not wanted
    void targetGradient(
            Attention.Operands in, Matrix stats, Matrix dy, Matrix dLeft, Matrix dVectors, int piece, int from, int to);

    /// Adds to rows `from` to `to` of the gradients of right and values, on the transposed pattern.
    ///
    /// @param dRight null if not wanted
    /// @param dValues null if not wanted
    void sourceGradient(
            Attention.Operands in, Matrix stats, Matrix dy, Matrix dRight, Matrix dValues, int from, int to);
}
