package dev.hypha.tensor;

/// What moves, scales or sums whole rows. Ranges are rows of the output unless they say columns.
public interface RowKernels {
    /// out = x + row, the same row for each; row has shape [1, cols].
    void addRow(Matrix x, Matrix row, Matrix out, int from, int to);

    /// Adds the sum of rows of x to one row of `out`, which has as many columns.
    ///
    /// @param from first row of x
    /// @param to exclusive
    void addColumnSums(Matrix x, Matrix out, int row, int from, int to);

    /// out row i = s_i x row i, s of shape [rows, 1], or added to it.
    void scaleRows(Matrix x, Matrix s, Matrix out, boolean accumulate, int from, int to);

    /// out row i = s_i x row i.
    void scaleRows(Matrix x, float[] s, Matrix out, int from, int to);

    /// Adds to out_i the dot product of row i of a and of b; out has shape [rows, 1].
    void addRowDots(Matrix a, Matrix b, Matrix out, int from, int to);

    /// Copies `width` columns of x from column `xCol` to column `outCol` of out, or adds them.
    void copyColumns(Matrix x, int xCol, Matrix out, int outCol, int width, boolean accumulate, int from, int to);

    /// out row i = x row `rows[i]`.
    void gather(Matrix x, int[] rows, Matrix out, int from, int to);

    /// Adds dy row i to dx row `rows[i]`, in order of i, for a range of columns.
    void scatterAdd(Matrix dy, int[] rows, Matrix dx, int fromCol, int toCol);
}
