package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Function;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Dropout;
import dev.hypha.tensor.kernels.PlainElements;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Element-wise loops on vectors. A body of whole vectors, and the plain loop for the tail.
public final class VectorElements extends PlainElements {
    /// Elements; a multiple of four vectors, whatever their width.
    private static final int SUM_BLOCK = 512;

    /// Elements whose exponentials stay in the nearest cache; a multiple of every vector's lanes.
    private static final int EXP_BLOCK = 2048;

    @Override
    public void add(Matrix a, Matrix b, float weight, Matrix out, int from, int to) {
        MemorySegment as = a.segment();
        MemorySegment bs = b.segment();
        MemorySegment os = out.segment();
        FloatVector w = Lanes.all(weight);
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(bs, i).mul(w).add(Lanes.load(as, i)), os, i);
        }
        super.add(a, b, weight, out, body, to);
    }

    @Override
    public void accumulate(Matrix x, float weight, Matrix out, int from, int to) {
        MemorySegment xs = x.segment();
        MemorySegment os = out.segment();
        FloatVector w = Lanes.all(weight);
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(xs, i).mul(w).add(Lanes.load(os, i)), os, i);
        }
        super.accumulate(x, weight, out, body, to);
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix out, int from, int to) {
        MemorySegment as = a.segment();
        MemorySegment bs = b.segment();
        MemorySegment os = out.segment();
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(as, i).mul(Lanes.load(bs, i)), os, i);
        }
        super.multiply(a, b, out, body, to);
    }

    @Override
    public void accumulateProduct(Matrix a, Matrix b, Matrix out, int from, int to) {
        MemorySegment as = a.segment();
        MemorySegment bs = b.segment();
        MemorySegment os = out.segment();
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(as, i).mul(Lanes.load(bs, i)).add(Lanes.load(os, i)), os, i);
        }
        super.accumulateProduct(a, b, out, body, to);
    }

    @Override
    public void affine(Matrix x, float scale, float shift, Matrix out, int from, int to) {
        MemorySegment xs = x.segment();
        MemorySegment os = out.segment();
        FloatVector s = Lanes.all(scale);
        FloatVector t = Lanes.all(shift);
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(xs, i).mul(s).add(t), os, i);
        }
        super.affine(x, scale, shift, out, body, to);
    }

    @Override
    public void dropout(Matrix x, float p, long key, Matrix out, boolean accumulate, int from, int to) {
        Dropout drop = new Dropout(p, key);
        int body = Lanes.bound(from, to);
        long factors = Scratch.rows().address(EXP_BLOCK);
        TilePass fill = (start, end) -> Draws.fill(drop, start, end - start, factors);
        TilePass keep = accumulate
                ? (start, end) -> addProducts(x, factors, out, start, end)
                : (start, end) -> putProducts(x, factors, out, start, end);
        List<TilePass> passes = List.of(fill, keep);
        for (int start = from; start < body; start += EXP_BLOCK) {
            for (TilePass pass : passes) pass.run(start, Math.min(body, start + EXP_BLOCK));
        }
        super.dropout(x, p, key, out, accumulate, body, to);
    }

    private static void putProducts(Matrix x, long factors, Matrix out, int start, int end) {
        MemorySegment xs = x.segment();
        MemorySegment os = out.segment();
        for (int i = start; i < end; i += Lanes.COUNT) {
            FloatVector factor = Lanes.at((factors + 4L * (i - start)) & Lanes.ADDRESS);
            Lanes.store(Lanes.load(xs, i).mul(factor), os, i);
        }
    }

    private static void addProducts(Matrix x, long factors, Matrix out, int start, int end) {
        MemorySegment xs = x.segment();
        MemorySegment os = out.segment();
        for (int i = start; i < end; i += Lanes.COUNT) {
            FloatVector factor = Lanes.at((factors + 4L * (i - start)) & Lanes.ADDRESS);
            Lanes.store(Lanes.load(xs, i).mul(factor).add(Lanes.load(os, i)), os, i);
        }
    }

    @Override
    public void shift(Matrix out, float value, int from, int to) {
        affine(out, 1, value, out, from, to);
    }

    /// Java's own vector exponentials are not usable: interpreted and compiled code give different last bits.
    @Override
    public void map(Function f, float slope, Matrix x, Matrix y, int from, int to) {
        switch (f) {
            case RELU -> relu(x, y, from, to);
            case LEAKY_RELU -> leakyRelu(slope, x, y, from, to);
            case ELU -> elu(slope, x, y, from, to);
            case SIGMOID, TANH, EXP, LOG -> Maps.map(f, x, y, from, to);
        }
    }

    private void relu(Matrix x, Matrix y, int from, int to) {
        MemorySegment xs = x.segment();
        MemorySegment ys = y.segment();
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT)
            Lanes.store(Lanes.load(xs, i).max(0), ys, i);
        super.map(Function.RELU, 0, x, y, body, to);
    }

    private void leakyRelu(float slope, Matrix x, Matrix y, int from, int to) {
        MemorySegment xs = x.segment();
        MemorySegment ys = y.segment();
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector v = Lanes.load(xs, i);
            Lanes.store(v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0)), ys, i);
        }
        super.map(Function.LEAKY_RELU, slope, x, y, body, to);
    }

    private void elu(float alpha, Matrix x, Matrix y, int from, int to) {
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += EXP_BLOCK) {
            elu(alpha, Lanes.address(x) + 4L * i, Lanes.address(y) + 4L * i, Math.min(EXP_BLOCK, body - i));
        }
        super.map(Function.ELU, alpha, x, y, body, to);
    }

    private static void elu(float alpha, long x, long y, int count) {
        long exponentials = Scratch.rows().address(count);
        Lanes.copy(x, exponentials, count);
        VectorExp.replace(exponentials, count / Lanes.COUNT);
        for (long k = 0; k < 4L * count; k += 4L * Lanes.COUNT) {
            FloatVector v = Lanes.at((x + k) & Lanes.ADDRESS);
            FloatVector below =
                    Lanes.at((exponentials + k) & Lanes.ADDRESS).sub(1).mul(alpha);
            Lanes.put(below.blend(v, v.compare(VectorOperators.GT, 0)), (y + k) & Lanes.ADDRESS);
        }
    }

    @Override
    public void mapGradient(
            Function f, float slope, Matrix x, Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int to) {
        int body = Lanes.bound(from, to);
        switch (f) {
            case RELU -> leakyReluGradient(0, x, dy, dx, accumulate, from, body);
            case LEAKY_RELU -> leakyReluGradient(slope, x, dy, dx, accumulate, from, body);
            case ELU -> eluGradient(slope, x, y, dy, dx, accumulate, from, body);
            case SIGMOID -> Maps.sigmoidGradient(y, dy, dx, accumulate, from, body);
            case TANH -> Maps.tanhGradient(y, dy, dx, accumulate, from, body);
            case EXP -> Maps.expGradient(y, dy, dx, accumulate, from, body);
            case LOG -> Maps.logGradient(x, dy, dx, accumulate, from, body);
        }
        super.mapGradient(f, slope, x, y, dy, dx, accumulate, body, to);
    }

    private static void leakyReluGradient(
            float slope, Matrix x, Matrix dy, Matrix dx, boolean accumulate, int from, int body) {
        MemorySegment xs = x.segment();
        MemorySegment gs = dy.segment();
        MemorySegment os = dx.segment();
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector g = Lanes.load(gs, i);
            FloatVector kept = g.mul(slope).blend(g, Lanes.load(xs, i).compare(VectorOperators.GT, 0));
            if (accumulate) Lanes.store(Lanes.load(os, i).add(kept), os, i);
            else Lanes.store(kept, os, i);
        }
    }

    private static void eluGradient(
            float alpha, Matrix x, Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int body) {
        MemorySegment xs = x.segment();
        MemorySegment ys = y.segment();
        MemorySegment gs = dy.segment();
        MemorySegment os = dx.segment();
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector g = Lanes.load(gs, i);
            FloatVector below = g.mul(Lanes.load(ys, i).add(alpha));
            FloatVector kept = below.blend(g, Lanes.load(xs, i).compare(VectorOperators.GT, 0));
            if (accumulate) Lanes.store(Lanes.load(os, i).add(kept), os, i);
            else Lanes.store(kept, os, i);
        }
    }

    @Override
    public void biasActivation(
            Function f, float slope, Matrix x, Matrix row, float p, long key, Matrix y, int from, int to) {
        if (x.cols() < Lanes.COUNT) {
            super.biasActivation(f, slope, x, row, p, key, y, from, to);
            return;
        }
        Activations activations = new Activations(x, row, y, new Dropout(p, key));
        switch (f) {
            case RELU -> activations.leaky(0, from, to);
            case LEAKY_RELU -> activations.leaky(slope, from, to);
            case ELU -> activations.elu(slope, from, to);
            case SIGMOID, TANH, EXP, LOG -> super.biasActivation(f, slope, x, row, p, key, y, from, to);
        }
    }

    @Override
    public void activationGradient(Function f, float slope, float p, long key, Matrix y, Matrix dy, int from, int to) {
        ActivationGradients gradients = new ActivationGradients(y, dy, new Dropout(p, key));
        int body = Lanes.bound(from, to);
        switch (f) {
            case RELU -> gradients.relu(from, body);
            case LEAKY_RELU -> gradients.leaky(slope, from, body);
            case ELU -> gradients.elu(slope, from, body);
            case SIGMOID, TANH, EXP, LOG -> body = from;
        }
        super.activationGradient(f, slope, p, key, y, dy, body, to);
    }

    /// Four sums at once, so that an addition need not wait for the one before it.
    @Override
    public double sum(Matrix x, int from, int to) {
        MemorySegment xs = x.segment();
        double total = 0;
        int i = from;
        for (; i + SUM_BLOCK <= to; i += SUM_BLOCK) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            for (int k = i; k < i + SUM_BLOCK; k += 4 * Lanes.COUNT) {
                s0 = s0.add(Lanes.load(xs, k));
                s1 = s1.add(Lanes.load(xs, (long) k + Lanes.COUNT));
                s2 = s2.add(Lanes.load(xs, k + 2L * Lanes.COUNT));
                s3 = s3.add(Lanes.load(xs, k + 3L * Lanes.COUNT));
            }
            total += Lanes.fold(s0.add(s1).add(s2.add(s3)));
        }
        return total + super.sum(x, i, to);
    }
}
