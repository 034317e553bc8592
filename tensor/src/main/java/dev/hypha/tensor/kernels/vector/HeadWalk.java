package dev.hypha.tensor.kernels.vector;

/// The sum of the rows that entries refer to, each head weighted by its number in scratch space, where each entry has a
/// vector of them, for a tile of rows.
///
/// @param x address of the first row that entries refer to, rows of `cols` numbers
/// @param out address of the first row that is written, likewise
// Arrays as components: a walk is read by kernels and never compared.
@SuppressWarnings("ArrayRecordComponent")
record HeadWalk(int[] offsets, int[] sources, long x, long out, int cols, int heads) {
    /// Vectors in a block of columns.
    private static final int BLOCK = 8 * Lanes.COUNT;

    /// Writes the sums of rows `start` to `end`.
    ///
    /// @param weights address of what would be the numbers of entry 0
    void write(long weights, int start, int end) {
        write(weights, out, start, end);
    }

    private void write(long weights, long to, int start, int end) {
        long step = 4L * cols;
        for (int c = 0; c < cols; c += BLOCK) {
            // A rest of less than a vector is put to the block before it, which then overlaps itself.
            int first = cols - c < Lanes.COUNT ? Math.max(0, cols - BLOCK) : c;
            int width = Math.min(BLOCK, cols - first);
            Walk walk = new Walk(offsets, sources, x + 4L * first, step, to + 4L * first, step, null);
            Heads spread = Heads.of(weights, Lanes.COUNT, heads, cols / heads, first, width);
            HeadSums.run(walk, spread, width, start, end);
        }
    }

    /// Adds them to what is there.
    void add(long weights, int start, int end) {
        long rows = Scratch.rows().address((long) (end - start) * cols);
        write(weights, rows - 4L * start * cols, start, end);
        Lanes.add(rows, out + 4L * start * cols, (long) (end - start) * cols);
    }
}
