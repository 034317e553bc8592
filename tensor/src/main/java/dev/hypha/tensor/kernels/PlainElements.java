package dev.hypha.tensor.kernels;

import dev.hypha.tensor.ElementKernels;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Matrix;

/// Element-wise loops: the specification, and all there is where a vector would gain nothing.
public class PlainElements implements ElementKernels {
    @Override
    public void add(Matrix a, Matrix b, float weight, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, a.at(i) + weight * b.at(i));
    }

    @Override
    public void accumulate(Matrix x, float weight, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, out.at(i) + weight * x.at(i));
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, a.at(i) * b.at(i));
    }

    @Override
    public void accumulateProduct(Matrix a, Matrix b, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, out.at(i) + a.at(i) * b.at(i));
    }

    @Override
    public void affine(Matrix x, float scale, float shift, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, scale * x.at(i) + shift);
    }

    @Override
    public void map(Function f, float slope, Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i++) y.put(i, value(f, slope, x.at(i)));
    }

    @Override
    public void mapGradient(
            Function f, float slope, Matrix x, Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int to) {
        for (int i = from; i < to; i++) {
            float d = dy.at(i) * derivative(f, slope, x.at(i), y.at(i));
            dx.put(i, accumulate ? dx.at(i) + d : d);
        }
    }

    static float value(Function f, float slope, float x) {
        return switch (f) {
            case RELU -> Math.max(x, 0);
            case LEAKY_RELU -> x > 0 ? x : slope * x;
            case ELU -> x > 0 ? x : (float) (slope * Math.expm1(x));
            case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
            case TANH -> (float) Math.tanh(x);
            case EXP -> (float) Math.exp(x);
            case LOG -> (float) Math.log(x);
        };
    }

    static float derivative(Function f, float slope, float x, float y) {
        return switch (f) {
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY_RELU -> x > 0 ? 1 : slope;
            case ELU -> x > 0 ? 1 : y + slope;
            case SIGMOID -> y * (1 - y);
            case TANH -> 1 - y * y;
            case EXP -> y;
            case LOG -> 1 / x;
        };
    }

    @Override
    public void dropout(Matrix x, float p, long key, Matrix out, boolean accumulate, int from, int to) {
        int threshold = dropoutThreshold(p);
        float scale = dropoutScale(threshold);
        for (int i = from; i < to; i++) {
            // 16 random bits per position: a quarter of the mixed 64 bits of each group of four.
            long draws = mix(key + (i >>> 2) * 0x9e3779b97f4a7c15L) >>> ((i & 3) << 4);
            float value = dropoutFactor(draws, threshold, scale) * x.at(i);
            out.put(i, accumulate ? out.at(i) + value : value);
        }
    }

    /// What [#dropout] multiplies each element by, for positions `from` to `to`: one draw serves four of them.
    protected static void dropoutFactors(float p, long key, float[] factors, int from, int to) {
        int threshold = dropoutThreshold(p);
        float scale = dropoutScale(threshold);
        for (int i = from; i < to; ) {
            long draws = mix(key + (i >>> 2) * 0x9e3779b97f4a7c15L) >>> ((i & 3) << 4);
            for (int end = Math.min(to, (i | 3) + 1); i < end; i++, draws >>>= 16) {
                factors[i - from] = dropoutFactor(draws, threshold, scale);
            }
        }
    }

    /// What [#dropout] multiplies the element at a position by.
    public static float dropoutFactor(float p, long key, long position) {
        int threshold = dropoutThreshold(p);
        long draws = mix(key + (position >>> 2) * 0x9e3779b97f4a7c15L) >>> ((position & 3) << 4);
        return dropoutFactor(draws, threshold, dropoutScale(threshold));
    }

    /// Draws below this are dropped.
    private static int dropoutThreshold(float p) {
        return Math.round(p * 65536);
    }

    private static float dropoutScale(int threshold) {
        return 65536f / Math.max(1, 65536 - threshold);
    }

    /// The scale if the low 16 bits of the draw reach the threshold, else 0. The mask is all ones or all zeros: a
    /// branch
    /// that goes either way at random would cost more than the rest.
    private static float dropoutFactor(long draw, int threshold, float scale) {
        int kept = ~(((int) (draw & 0xffff) - threshold) >> 31);
        return Float.intBitsToFloat(Float.floatToRawIntBits(scale) & kept);
    }

    /// The finaliser of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public double sum(Matrix x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += x.at(i);
        return sum;
    }

    @Override
    public double sumOfSquares(Matrix x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += (double) x.at(i) * x.at(i);
        return sum;
    }

    @Override
    public void shift(Matrix out, float value, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, out.at(i) + value);
    }
}
