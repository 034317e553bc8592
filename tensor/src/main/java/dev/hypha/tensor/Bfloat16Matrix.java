package dev.hypha.tensor;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/// A dense matrix of bfloat16 in off-heap memory, row after row without gaps: the upper half of each float32,
/// so half the memory at the same range and 8 significant bits. It is read only by operations, which widen
/// its numbers and calculate in float32; parameters in training are float32 throughout.
///
/// Rounding is to the nearest, of two equally near ones to the even one, so that a normal number is off by at
/// most 2^-8 of itself. What lies half a step or more beyond the largest number, 3.39e38, becomes infinite;
/// infinities stay infinite, NaN stays NaN, and subnormal numbers are rounded like others.
public final class Bfloat16Matrix implements StoredMatrix {
    private final MemorySegment segment;
    private final int rows;
    private final int cols;
    private final Memory.Block block;

    private Bfloat16Matrix(MemorySegment segment, int rows, int cols, Memory.Block block) {
        this.segment = segment;
        this.rows = rows;
        this.cols = cols;
        this.block = block;
    }

    /// Zeros, shape [rows, cols].
    ///
    /// @throws MemoryLimitException if the memory's limit would be passed
    public static Bfloat16Matrix of(Memory memory, Purpose purpose, int rows, int cols) {
        Memory.Block block = memory.allocate(purpose, bytes(rows, cols));
        return new Bfloat16Matrix(block.segment(), rows, cols, block);
    }

    /// A rounded copy.
    ///
    /// @throws MemoryLimitException if the memory's limit would be passed
    public static Bfloat16Matrix of(Memory memory, Purpose purpose, Matrix dense) {
        Bfloat16Matrix rounded = of(memory, purpose, dense.rows(), dense.cols());
        for (long i = 0; i < dense.size(); i++) {
            rounded.segment.setAtIndex(JAVA_SHORT, i, rounded(dense.at(i)));
        }
        return rounded;
    }

    /// A matrix over memory that somebody else owns and keeps alive; at least rows * cols * 2 bytes.
    public static Bfloat16Matrix over(MemorySegment segment, int rows, int cols) {
        return new Bfloat16Matrix(segment.asSlice(0, bytes(rows, cols)), rows, cols, null);
    }

    /// Size of a matrix of this shape.
    public static long bytes(int rows, int cols) {
        return Matrix.bytes(rows, cols) / 2;
    }

    /// The nearest bfloat16, as its bits.
    public static short rounded(float number) {
        int bits = Float.floatToRawIntBits(number);
        // The upper half of a NaN could be an infinity: one bit of it is set for sure.
        if (Float.isNaN(number)) return (short) ((bits >>> 16) | 0x40);
        int even = (bits >>> 16) & 1;
        return (short) ((bits + 0x7fff + even) >>> 16);
    }

    /// The number that these bits of a bfloat16 mean.
    public static float widened(short bits) {
        return Float.intBitsToFloat(bits << 16);
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

    /// The elements in row-major order.
    public MemorySegment segment() {
        return segment;
    }

    /// Where the elements start, for kernels that work on addresses; valid while the memory is.
    ///
    /// @throws IllegalStateException if the memory was given back
    public long address() {
        if (!segment.scope().isAlive()) throw new IllegalStateException(this + " was given back");
        return segment.address();
    }

    /// The element in one row and column.
    public float get(int row, int col) {
        if (col < 0 || col >= cols) throw new IndexOutOfBoundsException("column " + col + " of " + cols);
        return at((long) row * cols + col);
    }

    /// The element at a position in row-major order; for kernels.
    public float at(long index) {
        return widened(segment.getAtIndex(JAVA_SHORT, index));
    }

    /// Replaces the element in one row and column by the nearest bfloat16.
    public void set(int row, int col, float value) {
        if (col < 0 || col >= cols) throw new IndexOutOfBoundsException("column " + col + " of " + cols);
        segment.setAtIndex(JAVA_SHORT, (long) row * cols + col, rounded(value));
    }

    /// Rows `from` (inclusive) to `to` (exclusive) of this matrix, sharing its memory.
    public Bfloat16Matrix slice(int from, int to) {
        if (from < 0 || to < from || to > rows) {
            throw new ShapeException("slice", shape(), "rows " + from + " to " + to);
        }
        return new Bfloat16Matrix(segment.asSlice(bytes(from, cols), bytes(to - from, cols)), to - from, cols, null);
    }

    /// Frees the memory if this matrix allocated it.
    @Override
    public void close() {
        if (block != null) block.close();
    }

    @Override
    public String toString() {
        return "Bfloat16Matrix" + shape();
    }
}
