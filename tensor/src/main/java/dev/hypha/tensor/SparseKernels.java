package dev.hypha.tensor;

/// Products of a sparse pattern with a dense matrix, and the dot products on a pattern that are their gradient.
/// Ranges are rows of the output.
public interface SparseKernels {
    /// out row i = the sum over entries e of row i of w_e x row source(e), or added to it.
    ///
    /// @param weights shape [entries, 1] in the order of [Csr#entry(int)], or null for ones
    /// @param mean whether to divide by the number of entries of row i
    void sum(Csr pattern, Matrix weights, boolean mean, Matrix x, Matrix out, boolean accumulate, int from, int to);

    /// out row i = the largest of x over the sources of row i, column by column; the entry that gave it goes to
    /// `chosen` (as a mark that [#maxGradient] knows, NaN for none). Without sources it is 0.
    void max(Csr pattern, Matrix x, Matrix out, Matrix chosen, int from, int to);

    /// Adds to dx row j each dy at the targets that chose an entry of source j.
    ///
    /// @param transpose of the pattern that `max` ran on
    void maxGradient(Csr transpose, Matrix chosen, Matrix dy, Matrix dx, int from, int to);

    /// Adds to out_e, for each entry e of rows `from` to `to`, the dot product of left row target(e) and right row
    /// source(e); out has shape [entries, 1].
    void addEntryDots(Csr pattern, Matrix left, Matrix right, Matrix out, int from, int to);
}
