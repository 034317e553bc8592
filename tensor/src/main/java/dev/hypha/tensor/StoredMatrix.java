package dev.hypha.tensor;

/// A matrix as it is stored: dense float32 ([Matrix]) or the numbers that are not zero alone
/// ([SparseMatrix]). [Tape#constant(StoredMatrix)] takes any of them, and what is worked out from it does not
/// say which it was.
public sealed interface StoredMatrix extends AutoCloseable permits Matrix, SparseMatrix {
    /// Number of rows.
    int rows();

    /// Number of columns.
    int cols();

    /// Size in memory.
    long bytes();

    /// Rows and columns.
    default Shape shape() {
        return new Shape(rows(), cols());
    }

    /// Frees the memory that it owns.
    @Override
    void close();
}
