package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Dropout;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Bias, activation and dropout in one pass over rows of at least a vector. The last vector of a row ends
/// where the row
/// ends, and may overlap the one before: both then write the same numbers.
final class Activations {
    /// Vectors whose exponentials stay in the nearest cache.
    private static final int TILE_VECTORS = 256;

    private final long xs;
    private final long row;
    private final long ys;
    private final int cols;
    private final Dropout drop;

    Activations(Matrix x, Matrix row, Matrix y, Dropout drop) {
        this.xs = Lanes.address(x);
        this.row = Lanes.address(row);
        this.ys = Lanes.address(y);
        this.cols = x.cols();
        this.drop = drop;
    }

    void leaky(float slope, int from, int to) {
        boolean drops = drop.threshold() > 0;
        for (int i = from; i < to; i++) {
            for (int k = 0; k < cols; k += Lanes.COUNT) {
                int c = Math.min(k, cols - Lanes.COUNT);
                FloatVector x = biased(i, c);
                FloatVector y = x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0));
                put(drops ? y.mul(Draws.factors(drop, i * cols + c)) : y, i, c);
            }
        }
    }

    private FloatVector biased(int i, int c) {
        return Lanes.at((xs + 4L * i * cols + 4L * c) & Lanes.ADDRESS).add(Lanes.at((row + 4L * c) & Lanes.ADDRESS));
    }

    private void put(FloatVector y, int i, int c) {
        Lanes.put(y, (ys + 4L * i * cols + 4L * c) & Lanes.ADDRESS);
    }

    /// Some rows at a time, whose sums and exponentials lie in scratch space, the last vector of a row beside the
    /// others
    /// and not over them.
    void elu(float alpha, int from, int to) {
        int vectors = Math.ceilDiv(cols, Lanes.COUNT);
        int tile = Math.max(1, TILE_VECTORS / vectors);
        long size = 4L * tile * vectors * Lanes.COUNT;
        long sums = Scratch.rows().address(size / 2);
        long exponentials = sums + size;
        List<TilePass> passes = List.of(
                (start, end) -> bias(start, end, sums, exponentials),
                (start, end) -> VectorExp.replace(exponentials, (long) (end - start) * vectors),
                (start, end) -> putElu(alpha, start, end, sums, exponentials));
        for (int start = from; start < to; start += tile) {
            for (TilePass pass : passes) pass.run(start, Math.min(to, start + tile));
        }
    }

    private void bias(int start, int end, long sums, long copies) {
        long at = 0;
        for (int i = start; i < end; i++) {
            for (int k = 0; k < cols; k += Lanes.COUNT) {
                FloatVector x = biased(i, Math.min(k, cols - Lanes.COUNT));
                Lanes.put(x, (sums + at) & Lanes.ADDRESS);
                Lanes.put(x, (copies + at) & Lanes.ADDRESS);
                at += 4L * Lanes.COUNT;
            }
        }
    }

    private void putElu(float alpha, int start, int end, long sums, long exponentials) {
        boolean drops = drop.threshold() > 0;
        long at = 0;
        for (int i = start; i < end; i++) {
            for (int k = 0; k < cols; k += Lanes.COUNT) {
                int c = Math.min(k, cols - Lanes.COUNT);
                FloatVector x = Lanes.at((sums + at) & Lanes.ADDRESS);
                FloatVector below =
                        Lanes.at((exponentials + at) & Lanes.ADDRESS).sub(1).mul(alpha);
                FloatVector y = below.blend(x, x.compare(VectorOperators.GT, 0));
                put(drops ? y.mul(Draws.factors(drop, i * cols + c)) : y, i, c);
                at += 4L * Lanes.COUNT;
            }
        }
    }

    /// Where the result is above 0 it was kept. Elsewhere only a slope or a draw tells what passes.
    static void leakyGradient(float slope, Dropout drop, Matrix y, Matrix dy, int from, int body) {
        MemorySegment ys = y.segment();
        MemorySegment gs = dy.segment();
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector g = Lanes.load(gs, i);
            FloatVector below = slope == 0 ? Lanes.zero() : g.mul(slope).mul(factors(drop, i));
            FloatVector passed = g.mul(drop.scale());
            Lanes.store(below.blend(passed, Lanes.load(ys, i).compare(VectorOperators.GT, 0)), gs, i);
        }
    }

    static void eluGradient(float alpha, Dropout drop, Matrix y, Matrix dy, int from, int body) {
        MemorySegment ys = y.segment();
        MemorySegment gs = dy.segment();
        float unscale = 1 / drop.scale();
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector v = Lanes.load(ys, i);
            FloatVector passed = Lanes.load(gs, i).mul(factors(drop, i));
            FloatVector below = v.mul(unscale).add(alpha).mul(passed);
            Lanes.store(below.blend(passed, v.compare(VectorOperators.GT, 0)), gs, i);
        }
    }

    private static FloatVector factors(Dropout drop, int at) {
        return drop.threshold() > 0 ? Draws.factors(drop, at) : Lanes.all(1);
    }
}
