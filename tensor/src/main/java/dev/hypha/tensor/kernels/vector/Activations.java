package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Dropout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Bias, activation and dropout in one pass over rows.
final class Activations {
    private final MemorySegment xs;
    private final MemorySegment row;
    private final MemorySegment ys;
    private final int cols;
    private final Dropout drop;
    private final VectorMask<Float> tail;

    Activations(Matrix x, Matrix row, Matrix y, Dropout drop) {
        this.xs = x.segment();
        this.row = row.segment();
        this.ys = y.segment();
        this.cols = x.cols();
        this.drop = drop;
        this.tail = Lanes.SPECIES.indexInRange(Lanes.bound(0, cols), cols);
    }

    void leaky(float slope, int from, int to) {
        boolean drops = drop.threshold() > 0;
        int body = Lanes.bound(0, cols);
        for (int i = from; i < to; i++) {
            int at = i * cols;
            for (int c = 0; c < body; c += Lanes.COUNT, at += Lanes.COUNT) {
                FloatVector v = leaky(Lanes.load(xs, at).add(Lanes.load(row, c)), slope);
                Lanes.store(drops ? v.mul(Draws.factors(drop, at)) : v, ys, at);
            }
            if (body == cols) continue;
            FloatVector v = leaky(Lanes.load(xs, at, tail).add(Lanes.load(row, body, tail)), slope);
            Lanes.store(drops ? v.mul(Draws.factors(drop, at)) : v, ys, at, tail);
        }
    }

    private static FloatVector leaky(FloatVector v, float slope) {
        return v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0));
    }

    void elu(float alpha, int from, int to) {
        boolean drops = drop.threshold() > 0;
        int body = Lanes.bound(0, cols);
        for (int i = from; i < to; i++) {
            int at = i * cols;
            for (int c = 0; c < body; c += Lanes.COUNT, at += Lanes.COUNT) {
                FloatVector v = elu(Lanes.load(xs, at).add(Lanes.load(row, c)), alpha);
                Lanes.store(drops ? v.mul(Draws.factors(drop, at)) : v, ys, at);
            }
            if (body == cols) continue;
            FloatVector v = elu(Lanes.load(xs, at, tail).add(Lanes.load(row, body, tail)), alpha);
            Lanes.store(drops ? v.mul(Draws.factors(drop, at)) : v, ys, at, tail);
        }
    }

    private static FloatVector elu(FloatVector v, float alpha) {
        FloatVector below = VectorExp.of(v).sub(1).mul(alpha);
        return below.blend(v, v.compare(VectorOperators.GT, 0));
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
