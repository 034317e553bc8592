package dev.hypha.tensor;

/// The pattern of a sparse matrix, target rows by source columns, in compressed rows: the sources of target `i` are
/// `indices[offsets[i]] .. indices[offsets[i + 1] - 1]`. Repeated sources count as often as they stand there. The
/// arrays are shared with the caller, must not change, and may be longer than this pattern needs, so that a prefix
/// costs nothing.
public final class Csr {
    private final int rows;
    private final int cols;
    private final int[] offsets;
    private final int[] indices;
    private int[] entries;
    private Csr transpose;
    private float[] inverseDegrees;

    /// @param rows number of targets
    /// @param cols number of sources
    /// @param offsets at least rows + 1, from 0, never falling
    /// @param indices at least offsets[rows] sources, each at least 0 and less than `cols`
    /// @throws IllegalArgumentException if the arrays do not say so
    public Csr(int rows, int cols, int[] offsets, int[] indices) {
        this.rows = rows;
        this.cols = cols;
        this.offsets = offsets;
        this.indices = indices;
        check();
    }

    private void check() {
        if (rows < 0 || cols < 0) throw new ShapeException("csr", new Shape(rows, cols), "a size is negative");
        if (offsets.length <= rows || offsets[0] != 0) throw new IllegalArgumentException("offsets do not cover rows");
        for (int i = 0; i < rows; i++) {
            if (offsets[i + 1] < offsets[i]) throw new IllegalArgumentException("offsets fall after row " + i);
        }
        if (indices.length < edges()) throw new IllegalArgumentException("fewer indices than the offsets say");
        for (int e = 0; e < edges(); e++) {
            if (indices[e] < 0 || indices[e] >= cols) {
                throw new IllegalArgumentException("index %d at %d is not below %d".formatted(indices[e], e, cols));
            }
        }
    }

    /// Number of targets.
    public int rows() {
        return rows;
    }

    /// Number of sources.
    public int cols() {
        return cols;
    }

    /// Number of entries.
    public int edges() {
        return offsets[rows];
    }

    /// Where each row starts. Not a copy.
    public int[] offsets() {
        return offsets;
    }

    /// The source of each entry. Not a copy.
    public int[] indices() {
        return indices;
    }

    /// Number of entries in a row.
    public int degree(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /// The first `rows` rows of this pattern over the first `cols` sources, sharing its arrays.
    ///
    /// @throws IllegalArgumentException if one of those rows has a source outside
    public Csr prefix(int rows, int cols) {
        return new Csr(rows, cols, offsets, indices);
    }

    /// The pattern with targets and sources exchanged: worked out once, then kept. Its rows list their entries in
    /// this pattern's order. The transpose of the transpose is this pattern.
    public synchronized Csr transpose() {
        if (transpose == null) transpose = exchange();
        return transpose;
    }

    private Csr exchange() {
        int[] starts = new int[cols + 1];
        for (int e = 0; e < edges(); e++) starts[indices[e] + 1]++;
        for (int j = 0; j < cols; j++) starts[j + 1] += starts[j];
        int[] next = starts.clone();
        int[] targets = new int[edges()];
        int[] origin = new int[edges()];
        for (int i = 0; i < rows; i++) {
            for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                int k = next[indices[e]]++;
                targets[k] = i;
                origin[k] = e;
            }
        }
        Csr exchanged = new Csr(cols, rows, starts, targets);
        exchanged.entries = origin;
        exchanged.transpose = this;
        return exchanged;
    }

    /// 1 / the number of entries of each row, 1 for an empty row: worked out once, then kept. Not a copy.
    public synchronized float[] inverseDegrees() {
        if (inverseDegrees == null) {
            float[] inverse = new float[rows];
            for (int i = 0; i < rows; i++) inverse[i] = 1f / Math.max(1, degree(i));
            inverseDegrees = inverse;
        }
        return inverseDegrees;
    }

    /// For a transpose, the number of each entry in the pattern it came from; otherwise null, where [#entry] is the
    /// identity. Not a copy.
    public int[] entries() {
        return entries;
    }

    /// The number by which weights know entry `k`: for a transpose, that of the entry it came from; otherwise `k`.
    public int entry(int k) {
        return entries == null ? k : entries[k];
    }

    @Override
    public String toString() {
        return "Csr[" + rows + ", " + cols + ", " + edges() + " entries]";
    }
}
