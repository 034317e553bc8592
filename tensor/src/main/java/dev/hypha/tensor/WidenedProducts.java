package dev.hypha.tensor;

/// Dense products with a left operand in bfloat16: it is widened a tile of rows at a time, which is
/// multiplied while the caches hold it. Where a tile ends depends on the shape alone.
final class WidenedProducts {
    /// Numbers in a tile: 4 MB in float32.
    private static final int TILE = 1 << 20;

    /// Rows of a tile at least: with fewer the right operand would be packed too often.
    private static final int LEAST_ROWS = 64;

    private final Tape tape;
    private final Kernels kernels;

    WidenedProducts(Tape tape, Kernels kernels) {
        this.tape = tape;
        this.kernels = kernels;
    }

    @FunctionalInterface
    private interface Body {
        /// @param tile rows `from` to `to` of a, widened
        void run(Matrix tile, int from, int to);
    }

    /// out = a b.
    void product(Bfloat16Matrix a, Matrix b, Matrix out) {
        tiles(a, (tile, from, to) -> tape.product(tile, false, b, false, out.slice(from, to), false));
    }

    /// out = a^T b, or added to it.
    void transposedProduct(Bfloat16Matrix a, Matrix b, Matrix out, boolean accumulate) {
        if (a.rows() == 0 && !accumulate) out.fill(0);
        tiles(a, (tile, from, to) -> tape.product(tile, true, b.slice(from, to), false, out, accumulate || from > 0));
    }

    private void tiles(Bfloat16Matrix a, Body body) {
        if (a.rows() == 0) return;
        int rows = Math.max(LEAST_ROWS, TILE / Math.max(1, a.cols()));
        Matrix scratch = tape.allocate(Math.min(rows, a.rows()), a.cols());
        for (int from = 0; from < a.rows(); from += rows) {
            int to = Math.min(a.rows(), from + rows);
            Bfloat16Matrix part = a.slice(from, to);
            Matrix tile = scratch.slice(0, to - from);
            tape.rows(to - from, a.cols(), (i, end) -> kernels.bfloat16().widen(part, tile, i, end));
            body.run(tile, from, to);
        }
        tape.give(scratch);
    }
}
