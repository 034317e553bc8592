package dev.hypha.tensor;

import java.lang.foreign.MemorySegment;

/// A sparse matrix of float32 in compressed rows: row `i` has the number `values[e]` in column `indices[e]`
/// for each entry e of row `i` of its pattern. Entries of one row and column count as their sum.
public final class SparseMatrix implements StoredMatrix {
    private final Csr pattern;
    private final Matrix values;

    /// @param pattern where numbers stand; its sources are columns, and it is no transpose
    /// @param values one per entry, shape [entries, 1]; closed with this
    public SparseMatrix(Csr pattern, Matrix values) {
        if (pattern.entries() != null) throw new ShapeException("sparse matrix", pattern, "a transpose");
        if (values.rows() != pattern.edges() || values.cols() != 1) {
            throw new ShapeException("sparse matrix", pattern, values.shape());
        }
        this.pattern = pattern;
        this.values = values;
    }

    /// What is not zero in a dense matrix.
    ///
    /// @throws MemoryLimitException if the memory's limit would be passed
    public static SparseMatrix of(Memory memory, Purpose purpose, Matrix dense) {
        int cols = dense.cols();
        int[] offsets = new int[dense.rows() + 1];
        for (int i = 0; i < dense.rows(); i++) {
            int count = 0;
            for (int c = 0; c < cols; c++) if (dense.get(i, c) != 0) count++;
            offsets[i + 1] = Math.addExact(offsets[i], count);
        }
        int[] indices = new int[offsets[dense.rows()]];
        Matrix values = Matrix.of(memory, purpose, indices.length, 1);
        int at = 0;
        for (int i = 0; i < dense.rows(); i++) {
            for (int c = 0; c < cols; c++) {
                float value = dense.get(i, c);
                if (value == 0) continue;
                indices[at] = c;
                values.put(at++, value);
            }
        }
        return new SparseMatrix(new Csr(dense.rows(), cols, offsets, indices), values);
    }

    @Override
    public int rows() {
        return pattern.rows();
    }

    @Override
    public int cols() {
        return pattern.cols();
    }

    /// Offsets, columns and values.
    @Override
    public long bytes() {
        return 4L * (pattern.rows() + 1) + 8L * pattern.edges();
    }

    /// Where its numbers stand. Not a copy.
    public Csr pattern() {
        return pattern;
    }

    /// Its numbers, shape [entries, 1]. Not a copy.
    public Matrix values() {
        return values;
    }

    /// The pattern of some rows, in their order; may name a row several times.
    ///
    /// @throws ShapeException for a row that is not there, or if these are more than 2^31 entries
    Csr patternOf(int[] rows) {
        int[] offsets = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || rows[i] >= rows()) throw new ShapeException("gather", shape(), "index " + rows[i]);
            long end = (long) offsets[i] + pattern.degree(rows[i]);
            if (end > Integer.MAX_VALUE) throw new ShapeException("gather", shape(), "2^31 entries");
            offsets[i + 1] = (int) end;
        }
        int[] indices = new int[offsets[rows.length]];
        for (int i = 0; i < rows.length; i++) {
            int start = pattern.offsets()[rows[i]];
            System.arraycopy(pattern.indices(), start, indices, offsets[i], offsets[i + 1] - offsets[i]);
        }
        return new Csr(rows.length, cols(), offsets, indices);
    }

    /// The values of some rows.
    ///
    /// @param out as many as [#patternOf] has entries
    void valuesOf(int[] rows, Matrix out) {
        if (!out.backed()) return;
        long at = 0;
        for (int row : rows) {
            long bytes = 4L * pattern.degree(row);
            MemorySegment.copy(values.segment(), 4L * pattern.offsets()[row], out.segment(), at, bytes);
            at += bytes;
        }
    }

    /// The first rows, sharing values.
    SparseMatrix firstRows(int count) {
        Csr part = pattern.prefix(count, cols());
        return new SparseMatrix(part, values.slice(0, part.edges()));
    }

    /// Writes rows `from` to `to` of a dense matrix of this shape.
    public void writeTo(Matrix dense, int from, int to) {
        dense.slice(from, to).fill(0);
        for (int i = from; i < to; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                dense.add((long) i * cols() + pattern.indices()[e], values.at(e));
            }
        }
    }

    /// Frees the values if they own their memory.
    @Override
    public void close() {
        values.close();
    }

    @Override
    public String toString() {
        return "SparseMatrix" + shape() + " of " + pattern.edges() + " entries";
    }
}
