package dev.hypha.tensor.kernels.vector;

/// The sum of the rows that entries refer to, each head weighted by its number in scratch space, for a tile
/// of rows.
final class HeadWalk {
    /// Vectors in a block of columns.
    private static final int BLOCK = 8 * Lanes.COUNT;

    private final int[] offsets;
    private final int[] sources;
    private final long x;
    private final long out;
    private final int cols;
    /// How the weights are spread over the columns of each block; none for a single head.
    private final Heads[] blocks;

    /// @param x address of the first row that entries refer to, rows of `cols` numbers
    /// @param out address of the first row that is written, likewise
    /// @param stride weights from one entry to the next
    HeadWalk(int[] offsets, int[] sources, long x, long out, int cols, int heads, int stride) {
        this.offsets = offsets;
        this.sources = sources;
        this.x = x;
        this.out = out;
        this.cols = cols;
        boolean single = heads == 1 && stride == 1;
        this.blocks = new Heads[single ? 0 : Math.ceilDiv(cols, BLOCK)];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = Heads.of(0, stride, heads, cols / heads, first(b), width(b));
        }
    }

    /// A rest of less than a vector is put to the block before it, which then overlaps itself.
    private int first(int block) {
        int at = block * BLOCK;
        return cols - at < Lanes.COUNT ? Math.max(0, cols - BLOCK) : at;
    }

    private int width(int block) {
        return Math.min(BLOCK, cols - first(block));
    }

    /// Writes the sums of rows `start` to `end`.
    ///
    /// @param weights address of what would be the numbers of entry 0
    void write(long weights, int start, int end) {
        write(weights, out, start, end);
    }

    private void write(long weights, long to, int start, int end) {
        long step = 4L * cols;
        for (int b = 0; b * BLOCK < cols; b++) {
            long first = 4L * first(b);
            Walk walk = new Walk(offsets, sources, x + first, step, to + first, step, null);
            if (blocks.length == 0) WeighedSums.run(walk, weights, width(b), start, end);
            else HeadSums.run(walk, blocks[b].at(weights + blocks[b].weights()), width(b), start, end);
        }
    }

    /// Adds them to what is there.
    void add(long weights, int start, int end) {
        long rows = Scratch.rows().address((long) (end - start) * cols);
        write(weights, rows - 4L * start * cols, start, end);
        Lanes.add(rows, out + 4L * start * cols, (long) (end - start) * cols);
    }
}
