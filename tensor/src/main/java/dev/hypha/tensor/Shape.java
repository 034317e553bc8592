package dev.hypha.tensor;

/// Rows and columns. Every tensor has both; a vector is one row or one column, a number is [1, 1].
public record Shape(int rows, int cols) {
    /// Number of elements.
    ///
    /// @throws ShapeException if they are 2^31 or more, which no single tensor on a tape may have
    public int elements() {
        long elements = (long) rows * cols;
        if (elements > Integer.MAX_VALUE) throw new ShapeException("tensor", this, "more than 2^31 - 1 elements");
        return (int) elements;
    }

    @Override
    public String toString() {
        return "[" + rows + ", " + cols + "]";
    }
}
