package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainNorms;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// Layer normalisation on vectors: rows are short, so float32 sums per lane are exact enough.
public final class VectorNorms extends PlainNorms {
    @Override
    public void layer(Matrix x, Matrix gamma, Matrix beta, float epsilon, Matrix out, Matrix stats, int from, int to) {
        float[] scratch = new float[Lanes.COUNT];
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            long at = (long) i * cols;
            float mean = sum(x, at, scratch) / cols;
            float variance = squaredDeviations(x, at, mean, scratch) / cols;
            float inverse = (float) (1 / Math.sqrt(variance + epsilon));
            normalise(x, at, mean, inverse, gamma, beta, out);
            stats.put(2L * i, mean);
            stats.put(2L * i + 1, inverse);
        }
    }

    private static float sum(Matrix x, long at, float[] scratch) {
        MemorySegment xs = x.segment();
        int body = Lanes.bound(0, x.cols());
        FloatVector sum = Lanes.zero();
        for (int c = 0; c < body; c += Lanes.COUNT) sum = sum.add(Lanes.load(xs, at + c));
        float total = Lanes.sum(sum, scratch);
        for (int c = body; c < x.cols(); c++) total += x.at(at + c);
        return total;
    }

    private static float squaredDeviations(Matrix x, long at, float mean, float[] scratch) {
        MemorySegment xs = x.segment();
        int body = Lanes.bound(0, x.cols());
        FloatVector m = Lanes.all(mean);
        FloatVector sum = Lanes.zero();
        for (int c = 0; c < body; c += Lanes.COUNT) {
            FloatVector d = Lanes.load(xs, at + c).sub(m);
            sum = Lanes.multiplyAdd(d, d, sum);
        }
        float total = Lanes.sum(sum, scratch);
        for (int c = body; c < x.cols(); c++) {
            float d = x.at(at + c) - mean;
            total += d * d;
        }
        return total;
    }

    private static void normalise(Matrix x, long at, float mean, float inverse, Matrix gamma, Matrix beta, Matrix out) {
        MemorySegment xs = x.segment();
        MemorySegment gs = gamma.segment();
        MemorySegment bs = beta.segment();
        MemorySegment os = out.segment();
        FloatVector m = Lanes.all(mean);
        FloatVector v = Lanes.all(inverse);
        int body = Lanes.bound(0, x.cols());
        for (int c = 0; c < body; c += Lanes.COUNT) {
            FloatVector normal = Lanes.load(xs, at + c).sub(m).mul(v);
            Lanes.store(Lanes.load(gs, c).mul(normal).add(Lanes.load(bs, c)), os, at + c);
        }
        for (int c = body; c < x.cols(); c++) {
            out.put(at + c, gamma.at(c) * ((x.at(at + c) - mean) * inverse) + beta.at(c));
        }
    }

    @Override
    public void layerGradient(Matrix x, Matrix gamma, Matrix stats, Matrix dy, Matrix dx, int from, int to) {
        float[] scratch = new float[Lanes.COUNT];
        MemorySegment xs = x.segment();
        MemorySegment gs = gamma.segment();
        MemorySegment ys = dy.segment();
        MemorySegment os = dx.segment();
        int cols = x.cols();
        int body = Lanes.bound(0, cols);
        for (int i = from; i < to; i++) {
            long at = (long) i * cols;
            float mean = stats.at(2L * i);
            float inverse = stats.at(2L * i + 1);
            FloatVector sumLanes = Lanes.zero();
            FloatVector dotLanes = Lanes.zero();
            for (int c = 0; c < body; c += Lanes.COUNT) {
                FloatVector g = Lanes.load(gs, c).mul(Lanes.load(ys, at + c));
                sumLanes = sumLanes.add(g);
                dotLanes = Lanes.multiplyAdd(g, Lanes.load(xs, at + c).sub(mean), dotLanes);
            }
            float sum = Lanes.sum(sumLanes, scratch);
            float dot = Lanes.sum(dotLanes, scratch);
            for (int c = body; c < cols; c++) {
                float g = gamma.at(c) * dy.at(at + c);
                sum += g;
                dot += g * (x.at(at + c) - mean);
            }
            float meanG = sum / cols;
            float meanDot = dot * inverse / cols;
            for (int c = 0; c < body; c += Lanes.COUNT) {
                FloatVector g = Lanes.load(gs, c).mul(Lanes.load(ys, at + c));
                FloatVector normal = Lanes.load(xs, at + c).sub(mean).mul(inverse);
                FloatVector d = g.sub(meanG).sub(normal.mul(meanDot)).mul(inverse);
                Lanes.store(Lanes.load(os, at + c).add(d), os, at + c);
            }
            for (int c = body; c < cols; c++) {
                float g = gamma.at(c) * dy.at(at + c);
                float normal = (x.at(at + c) - mean) * inverse;
                dx.add(at + c, inverse * (g - meanG - normal * meanDot));
            }
        }
    }

    @Override
    public void layerParameterGradient(
            Matrix x, Matrix stats, Matrix dy, Matrix dGamma, Matrix dBeta, int fromCol, int toCol) {
        MemorySegment xs = x.segment();
        MemorySegment ys = dy.segment();
        MemorySegment gs = dGamma.segment();
        MemorySegment bs = dBeta.segment();
        int body = Lanes.bound(fromCol, toCol);
        for (int i = 0; i < x.rows(); i++) {
            long at = (long) i * x.cols();
            float mean = stats.at(2L * i);
            float inverse = stats.at(2L * i + 1);
            for (int c = fromCol; c < body; c += Lanes.COUNT) {
                FloatVector g = Lanes.load(ys, at + c);
                FloatVector normal = Lanes.load(xs, at + c).sub(mean).mul(inverse);
                Lanes.store(Lanes.load(gs, c).add(g.mul(normal)), gs, c);
                Lanes.store(Lanes.load(bs, c).add(g), bs, c);
            }
            for (int c = body; c < toCol; c++) {
                dGamma.add(c, dy.at(at + c) * ((x.at(at + c) - mean) * inverse));
                dBeta.add(c, dy.at(at + c));
            }
        }
    }
}
