package dev.hypha.tensor;

/// Products of a sparse pattern with a dense matrix, and the dot products on a pattern that are their gradient.
/// Ranges are rows of the output. Weights are one number per entry and head, shape [entries, heads] in the order of
/// [Csr#entry(int)]; the columns of a matrix are shared out among the heads, each the same number of neighbouring ones.
public interface SparseKernels {
    /// out row i = t_i times the sum over entries e of row i of w_e s_j times row j of x, j = source(e), or added to
    /// it.
    ///
    /// @param weights w, or null for ones
    /// @param scaling s and t
    void sum(Csr pattern, Matrix weights, Scaling scaling, Matrix x, Matrix out, boolean accumulate, int from, int to);

    /// out row i = the largest of w_e x over the entries e of row i, column by column; the entry that gave it goes to
    /// `chosen` (as a mark that [#extremeGradient] knows, NaN for none). Without sources it is 0.
    ///
    /// @param weights w, or null for ones
    /// @param least whether the smallest is wanted instead
    void extreme(Csr pattern, Matrix weights, boolean least, Matrix x, Matrix out, Matrix chosen, int from, int to);

    /// Adds to dx row j each w_e dy at the targets that chose an entry e of source j.
    ///
    /// @param transpose of the pattern that `extreme` ran on
    /// @param weights w, or null for ones
    void extremeGradient(Csr transpose, Matrix weights, Matrix chosen, Matrix dy, Matrix dx, int from, int to);

    /// Adds to dw_e, for each entry e of rows `from` to `to` and each head, the dot product of the head's columns of
    /// dy row target(e) and x row source(e) where e was chosen.
    void extremeWeightGradient(Csr pattern, Matrix chosen, Matrix dy, Matrix x, Matrix dw, int from, int to);

    /// Adds to out_e, for each entry e of rows `from` to `to` and each head, t_i s_j times the dot product of the
    /// head's columns of left row i = target(e) and right row j = source(e).
    ///
    /// @param out shape [entries, heads]
    void addEntryDots(Csr pattern, Scaling scaling, Matrix left, Matrix right, Matrix out, int from, int to);

    /// out_e = left row target(e) + right row source(e), for each entry e of rows `from` to `to`.
    void entrySums(Csr pattern, Matrix left, Matrix right, Matrix out, int from, int to);

    /// Adds to out row i the rows of x that belong to the entries of row i.
    ///
    /// @param x shape [entries, cols]
    void addEntries(Csr pattern, Matrix x, Matrix out, int from, int to);

    /// out_e = e^score_e / the sum of these over the entries of the same row, column by column; the pattern is no
    /// transpose.
    void softmax(Csr pattern, Matrix scores, Matrix out, int from, int to);

    /// Adds the gradient of [#softmax] to the scores'.
    ///
    /// @param out what it gave
    void softmaxGradient(Csr pattern, Matrix out, Matrix dOut, Matrix dScores, int from, int to);
}
