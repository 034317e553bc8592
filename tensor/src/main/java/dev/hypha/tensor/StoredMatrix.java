package dev.hypha.tensor;

/// A matrix as it is stored: dense float32 ([Matrix]), the numbers that are not zero alone ([SparseMatrix]),
/// or dense in half the memory ([Bfloat16Matrix]). [Tape#constant(StoredMatrix)] takes any of them, and what
/// is worked out from it does not say which it was.
public sealed interface StoredMatrix extends AutoCloseable permits Matrix, SparseMatrix, Bfloat16Matrix {
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
