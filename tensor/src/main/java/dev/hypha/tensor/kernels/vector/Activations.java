package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Dropout;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Bias, activation and dropout in one pass over memory, of rows of at least a vector. Some rows at a time
/// go through [TilePass]es, with what these hand on in scratch space. The last vector of a row ends where
/// the row ends, and may overlap the one before: both then write the same numbers.
final class Activations {
    private static final long VECTOR = 4L * Lanes.COUNT;
    /// Vectors that the nearest cache holds three times.
    private static final int TILE_VECTORS = 128;

    private final long xs;
    private final long row;
    private final long ys;
    private final int cols;
    private final int vectors;
    private final int tile;
    private final Dropout drop;
    private final long factors;
    private final long sums;
    private final long exponentials;

    Activations(Matrix x, Matrix row, Matrix y, Dropout drop) {
        this.xs = Lanes.address(x);
        this.row = Lanes.address(row);
        this.ys = Lanes.address(y);
        this.cols = x.cols();
        this.drop = drop;
        this.vectors = Math.ceilDiv(cols, Lanes.COUNT);
        this.tile = Math.max(1, TILE_VECTORS / vectors);
        long size = (long) tile * vectors * VECTOR;
        this.factors = Scratch.rows().address(3 * size / 4);
        this.sums = factors + size;
        this.exponentials = sums + size;
    }

    void leaky(float slope, int from, int to) {
        boolean drops = drop.threshold() > 0;
        List<TilePass> passes = new ArrayList<>();
        passes.add((start, end) -> leakyRows(slope, start, end));
        if (drops) {
            passes.add(this::fill);
            passes.add(this::multiply);
        }
        run(passes, from, to);
    }

    private void run(List<TilePass> passes, int from, int to) {
        for (int start = from; start < to; start += tile) {
            for (TilePass pass : passes) pass.run(start, Math.min(to, start + tile));
        }
    }

    /// The last vector of a row is put last and worked out first: where y is x, the one before changes what they share.
    private void leakyRows(float slope, int start, int end) {
        long last = 4L * (cols - Lanes.COUNT);
        for (int i = start; i < end; i++) {
            long at = 4L * i * cols;
            FloatVector x = Lanes.at((xs + at + last) & Lanes.ADDRESS).add(Lanes.at((row + last) & Lanes.ADDRESS));
            FloatVector y = HeadPairs.leaky(x, slope);
            for (long c = 0; c < last; c += VECTOR) {
                FloatVector z = Lanes.at((xs + at + c) & Lanes.ADDRESS).add(Lanes.at((row + c) & Lanes.ADDRESS));
                Lanes.put(HeadPairs.leaky(z, slope), (ys + at + c) & Lanes.ADDRESS);
            }
            Lanes.put(y, (ys + at + last) & Lanes.ADDRESS);
        }
    }

    private void fill(int start, int end) {
        Draws.fill(drop, start * cols, (end - start) * cols, factors);
    }

    /// Rows follow each other, and so do their factors: one run of numbers, whose end is done one by one.
    private void multiply(int start, int end) {
        long at = ys + 4L * start * cols;
        int count = (end - start) * cols;
        int body = count - count % Lanes.COUNT;
        for (int k = 0; k < body; k += Lanes.COUNT) {
            long o = (at + 4L * k) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(o).mul(Lanes.at((factors + 4L * k) & Lanes.ADDRESS)), o);
        }
        for (int k = body; k < count; k++) {
            long o = (at + 4L * k) & Lanes.ADDRESS;
            Lanes.put(Lanes.number(o) * Lanes.number((factors + 4L * k) & Lanes.ADDRESS), o);
        }
    }

    void elu(float alpha, int from, int to) {
        List<TilePass> passes = new ArrayList<>();
        passes.add(this::bias);
        passes.add((start, end) -> VectorExp.replace(exponentials, (long) (end - start) * vectors));
        passes.add((start, end) -> eluRows(alpha, start, end));
        if (drop.threshold() > 0) {
            passes.add(this::fill);
            passes.add(this::multiply);
        }
        run(passes, from, to);
    }

    /// Sums twice, a row's last vector beside the others and not over them.
    private void bias(int start, int end) {
        long p = 0;
        for (int i = start; i < end; i++) {
            long at = xs + 4L * i * cols;
            for (int k = 0; k < cols; k += Lanes.COUNT) {
                long c = 4L * Math.min(k, cols - Lanes.COUNT);
                FloatVector x = Lanes.at((at + c) & Lanes.ADDRESS).add(Lanes.at((row + c) & Lanes.ADDRESS));
                Lanes.put(x, (sums + p) & Lanes.ADDRESS);
                Lanes.put(x, (exponentials + p) & Lanes.ADDRESS);
                p += VECTOR;
            }
        }
    }

    private void eluRows(float alpha, int start, int end) {
        long p = 0;
        for (int i = start; i < end; i++) {
            long at = ys + 4L * i * cols;
            for (int k = 0; k < cols; k += Lanes.COUNT) {
                long c = 4L * Math.min(k, cols - Lanes.COUNT);
                FloatVector x = Lanes.at((sums + p) & Lanes.ADDRESS);
                FloatVector below =
                        Lanes.at((exponentials + p) & Lanes.ADDRESS).sub(1).mul(alpha);
                Lanes.put(below.blend(x, x.compare(VectorOperators.GT, 0)), (at + c) & Lanes.ADDRESS);
                p += VECTOR;
            }
        }
    }
}
