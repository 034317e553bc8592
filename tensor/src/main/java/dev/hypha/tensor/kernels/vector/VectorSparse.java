package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.kernels.PlainSparse;

/// Sparse products on vectors. They are bound by reading source rows at random, so each is read once per
/// block of up to eight vectors of columns, the sums stay in registers, and the result is written once.
public final class VectorSparse extends PlainSparse {
    /// Vectors in a block of columns.
    private static final int BLOCK = 8;
    /// Entries whose weights are put in order at a time, and whose source rows are visited again for the
    /// next block of columns while the caches hold them.
    private static final int TILE_ENTRIES = 512;

    private static final int TILE_ROWS = 64;

    @Override
    public void sum(
            Csr pattern, Matrix weights, Scaling scaling, Matrix x, Matrix out, boolean accumulate, int from, int to) {
        int heads = weights == null ? 1 : weights.cols();
        if (x.cols() == 0 || !headsFit(x.cols(), heads)) {
            super.sum(pattern, weights, scaling, x, out, accumulate, from, to);
            return;
        }
        Walk walk = Walk.over(pattern, scaling.targets(), x, out);
        EdgeWeights ordered =
                weights == null && scaling.sources() == null ? null : new EdgeWeights(pattern, weights, scaling);
        boolean simple = ordered == null ? walk.targets() == null : ordered.direct();
        boolean whole = !accumulate && blocks(x.cols()) == 1 && simple;
        int[] offsets = pattern.offsets();
        for (int start = from; start < to; ) {
            int end = whole ? to : tileEnd(offsets, start, to);
            if (accumulate) addTile(walk, ordered, heads, x.cols(), start, end);
            else tile(walk, ordered, heads, x.cols(), start, end);
            start = end;
        }
    }

    /// Rows up to some number of entries and rows, at least one.
    private static int tileEnd(int[] offsets, int start, int to) {
        int end = start + 1;
        int most = Math.min(to, start + TILE_ROWS);
        while (end < most && offsets[end + 1] - offsets[start] <= TILE_ENTRIES) end++;
        return end;
    }

    /// Sums into scratch space that stays in the cache, and from there to the output: a branch in the inner
    /// kernels would cost more.
    private static void addTile(Walk walk, EdgeWeights ordered, int heads, int cols, int start, int end) {
        long rows = Scratch.rows().address((long) (end - start) * cols);
        tile(walk.to(rows - start * walk.outStep()), ordered, heads, cols, start, end);
        Lanes.add(rows, walk.out() + start * walk.outStep(), (long) (end - start) * cols);
    }

    private static void tile(Walk walk, EdgeWeights ordered, int heads, int cols, int start, int end) {
        int[] offsets = walk.offsets();
        long weights = ordered == null ? 0 : ordered.of(offsets[start], offsets[end]);
        int blocks = blocks(cols);
        for (int b = 0; b < blocks; b++) {
            int first = blockStart(b, blocks, cols);
            int width = Math.min(cols, blockStart(b + 1, blocks, cols)) - first;
            Walk part = first == 0 ? walk : walk.from(first);
            if (ordered == null) CopySums.run(part, width, start, end);
            else if (heads == 1) WeighedSums.run(part, weights, width, start, end);
            else HeadSums.run(part, Heads.of(weights, heads, heads, cols / heads, first, width), width, start, end);
        }
        if (ordered == null && walk.targets() != null) scale(walk, cols, start, end);
    }

    /// Multiplies rows that were just written by the factors of their targets.
    private static void scale(Walk walk, int cols, int start, int end) {
        int body = cols - cols % Lanes.COUNT;
        for (int i = start; i < end; i++) {
            float factor = walk.targets()[i];
            long row = walk.out() + i * walk.outStep();
            for (int c = 0; c < body; c += Lanes.COUNT) {
                long o = (row + 4L * c) & Lanes.ADDRESS;
                Lanes.put(Lanes.at(o).mul(factor), o);
            }
            for (int c = body; c < cols; c++) {
                long o = (row + 4L * c) & Lanes.ADDRESS;
                Lanes.put(Lanes.number(o) * factor, o);
            }
        }
    }

    private static int blocks(int cols) {
        return Math.ceilDiv(Math.ceilDiv(cols, Lanes.COUNT), BLOCK);
    }

    /// Blocks of about the same number of vectors: eight and one would cost nearly as much as eight and
    /// eight.
    private static int blockStart(int block, int blocks, int cols) {
        return (int) ((long) Math.ceilDiv(cols, Lanes.COUNT) * block / blocks) * Lanes.COUNT;
    }

    /// Whether a vector can hold the weights of all heads of each block.
    private static boolean headsFit(int cols, int heads) {
        int blocks = blocks(cols);
        for (int b = 0; b < blocks; b++) {
            int first = blockStart(b, blocks, cols);
            int width = Math.min(cols, blockStart(b + 1, blocks, cols)) - first;
            if (!Heads.fit(first, width, cols / heads)) return false;
        }
        return true;
    }

    @Override
    public void extreme(
            Csr pattern, Matrix weights, boolean least, Matrix x, Matrix out, Matrix chosen, int from, int to) {
        int cols = x.cols();
        if (cols == 0) return;
        if (weights == null && cols < Lanes.COUNT) {
            super.extreme(pattern, null, least, x, out, chosen, from, to);
            return;
        }
        Extremes copied = weights == null ? new Extremes(pattern, least, x, out, chosen) : null;
        WeighedExtremes weighed = weights == null ? null : new WeighedExtremes(pattern, weights, x);
        for (int start = from; start < to; ) {
            int end = tileEnd(pattern.offsets(), start, to);
            if (weighed == null) copied.rows(start, end);
            else weighed.rows(least, out, chosen, start, end);
            start = end;
        }
    }

    @Override
    public void extremeGradient(Csr transpose, Matrix weights, Matrix chosen, Matrix dy, Matrix dx, int from, int to) {
        if (weights != null) {
            WeighedExtremes weighed = new WeighedExtremes(transpose, weights, dy);
            for (int start = from; start < to; ) {
                int end = tileEnd(transpose.offsets(), start, to);
                weighed.gradient(chosen, dx, start, end);
                start = end;
            }
        } else if (dx.cols() < Lanes.COUNT) super.extremeGradient(transpose, null, chosen, dy, dx, from, to);
        else new ExtremeGradients(transpose, chosen, dy, dx).rows(from, to);
    }

    @Override
    public void extremeWeightGradient(Csr pattern, Matrix chosen, Matrix dy, Matrix x, Matrix dw, int from, int to) {
        WeighedExtremes.weightGradient(pattern, chosen, dy, x, dw, from, to);
    }

    @Override
    public void addEntryDots(Csr pattern, Scaling scaling, Matrix left, Matrix right, Matrix out, int from, int to) {
        if (left.cols() == 0) return;
        new EntryDots(pattern, scaling, left, right, out).rows(from, to);
    }
}
