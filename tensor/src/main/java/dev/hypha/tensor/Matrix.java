package dev.hypha.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// A dense matrix of float32 in off-heap memory, row after row without gaps. It has no history and no gradient; a
/// [Tensor] has. A vector is a matrix of one row or one column.
public final class Matrix implements StoredMatrix {
    private final MemorySegment segment;
    private final int rows;
    private final int cols;
    private final Memory.Block block;

    private Matrix(MemorySegment segment, int rows, int cols, Memory.Block block) {
        this.segment = segment;
        this.rows = rows;
        this.cols = cols;
        this.block = block;
    }

    /// Zeros, shape [rows, cols].
    ///
    /// @throws MemoryLimitException if the memory's limit would be passed
    public static Matrix of(Memory memory, Purpose purpose, int rows, int cols) {
        Memory.Block block = memory.allocate(purpose, bytes(rows, cols));
        return new Matrix(block.segment(), rows, cols, block);
    }

    /// A copy of `values`, row after row, shape [rows, cols].
    public static Matrix of(Memory memory, Purpose purpose, int rows, int cols, float... values) {
        if (values.length != (long) rows * cols) {
            throw new ShapeException("matrix", new Shape(rows, cols), "%d values".formatted(values.length));
        }
        Matrix matrix = of(memory, purpose, rows, cols);
        matrix.copyFrom(values);
        return matrix;
    }

    /// A matrix over memory that somebody else owns and keeps alive; at least rows * cols * 4 bytes.
    public static Matrix over(MemorySegment segment, int rows, int cols) {
        return new Matrix(segment.asSlice(0, bytes(rows, cols)), rows, cols, null);
    }

    /// Size of a matrix of this shape.
    public static long bytes(int rows, int cols) {
        if (rows < 0 || cols < 0) throw new ShapeException("matrix", new Shape(rows, cols), "a size is negative");
        return 4L * rows * cols;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public long bytes() {
        return bytes(rows, cols);
    }

    /// Number of elements.
    public long size() {
        return (long) rows * cols;
    }

    /// The elements in row-major order.
    public MemorySegment segment() {
        return segment;
    }

    /// Where the elements start, for kernels that work on addresses; valid while the memory is.
    ///
    /// @throws IllegalStateException if the memory was given back
    public long address() {
        if (!segment.scope().isAlive()) throw new IllegalStateException(this + " was given back or only counted");
        return segment.address();
    }

    /// The element in one row and column.
    public float get(int row, int col) {
        return segment.getAtIndex(JAVA_FLOAT, index(row, col));
    }

    /// Replaces the element in one row and column.
    public void set(int row, int col, float value) {
        segment.setAtIndex(JAVA_FLOAT, index(row, col), value);
    }

    private long index(int row, int col) {
        if (col < 0 || col >= cols) throw new IndexOutOfBoundsException("column " + col + " of " + cols);
        return (long) row * cols + col;
    }

    /// The element at a position in row-major order; for kernels.
    public float at(long index) {
        return segment.getAtIndex(JAVA_FLOAT, index);
    }

    /// Replaces the element at a position in row-major order; for kernels.
    public void put(long index, float value) {
        segment.setAtIndex(JAVA_FLOAT, index, value);
    }

    /// Adds to the element at a position in row-major order; for kernels.
    public void add(long index, float value) {
        put(index, at(index) + value);
    }

    /// Makes every element the same.
    public void fill(float value) {
        if (!backed()) return;
        if (Float.floatToRawIntBits(value) == 0) {
            segment.fill((byte) 0);
        } else {
            for (long i = 0; i < size(); i++) put(i, value);
        }
    }

    /// Copies all elements of a matrix of the same shape.
    public void copyFrom(Matrix source) {
        if (source.rows != rows || source.cols != cols) throw new ShapeException("copy", shape(), source.shape());
        if (!backed()) return;
        segment.copyFrom(source.segment);
    }

    /// Copies elements given row after row.
    public void copyFrom(float... values) {
        if (values.length != size()) {
            throw new ShapeException("copy", shape(), "%d values".formatted(values.length));
        }
        if (!backed()) return;
        MemorySegment.copy(values, 0, segment, JAVA_FLOAT, 0, values.length);
    }

    /// Whether it has elements: not where it is of a memory that only counts, see [Memory#counting].
    public boolean backed() {
        return Memory.backed(segment);
    }

    /// A copy of the elements, row after row.
    public float[] toArray() {
        return segment.toArray(JAVA_FLOAT);
    }

    /// Rows `from` (inclusive) to `to` (exclusive) of this matrix, sharing its memory.
    public Matrix slice(int from, int to) {
        if (from < 0 || to < from || to > rows)
            throw new ShapeException("slice", shape(), "rows " + from + " to " + to);
        return new Matrix(segment.asSlice(bytes(from, cols), bytes(to - from, cols)), to - from, cols, null);
    }

    /// Frees the memory if this matrix allocated it; a slice or a matrix over foreign memory frees nothing.
    @Override
    public void close() {
        if (block != null) block.close();
    }

    @Override
    public String toString() {
        return "Matrix" + shape();
    }
}
