package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Function;
import dev.hypha.tensor.Matrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// e^x, the logistic function, the hyperbolic tangent and the natural logarithm of each element, and their
/// derivatives, of sums, products and quotients alone. Each is within 3 units in the last place of the true
/// value, its edges (infinities, NaN, zeros of either sign, overflow, subnormal results) are those of Java's
/// `Math`, and an element's bits do not depend on where it stands.
///
/// Each loop holds its function itself: one that it calls is not always made part of it, and vectors then
/// become objects.
///
/// Polynomials for small arguments are those of Moshier's Cephes (expf, tanhf, logf).
final class Maps {
    private static final long BYTES = 4L * Lanes.COUNT;
    /// Beyond these e^x is 0 or infinite in float32, subnormal numbers included.
    private static final float EXP_LOWEST = -104;
    private static final float EXP_HIGHEST = 89;

    private static final float LOG2_E = 1.442695f;
    /// Adding it leaves the nearest whole number in the low bits: 1.5 times 2^23.
    private static final float ROUND = 12582912f;

    private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
    /// log 2 in two parts, the first with few bits, so that its product with a small whole number is exact.
    private static final float LN2_HIGH = 0.6933594f;
    private static final float LN2_LOW = -2.1219444e-4f;
    private static final float ROOT_HALF = 0.70710677f;
    /// Below it a polynomial is better than a difference of quotients.
    private static final float TANH_SMALL = 0.625f;

    /// The tangent of half of it is 1.
    private static final float TANH_HIGHEST = 20;

    private static final int MANTISSA_BITS = 23;
    private static final int MANTISSA = 0x7fffff;
    private static final int SIGN = 0x80000000;
    private static final int BIAS = 127;
    /// The exponent of numbers from a half to one.
    private static final int HALF = 0x3f000000;
    private static final float TWO_23 = 8388608f;

    private Maps() {}

    static void map(Function f, Matrix x, Matrix y, int from, int to) {
        long source = x.address() + 4L * from;
        long target = y.address() + 4L * from;
        int count = (to - from) / Lanes.COUNT;
        vectors(f, source, target, count);
        int left = (to - from) % Lanes.COUNT;
        if (left == 0) return;
        // What is less than a vector takes the way of the others, by scratch space.
        VectorMask<Float> tail = Lanes.SPECIES.indexInRange(0, left);
        long scratch = Scratch.rows().address(Lanes.COUNT);
        Lanes.put(Lanes.at((source + BYTES * count) & Lanes.ADDRESS, tail), scratch);
        vectors(f, scratch, scratch, 1);
        Lanes.put(Lanes.at(scratch), (target + BYTES * count) & Lanes.ADDRESS, tail);
    }

    private static void vectors(Function f, long x, long y, int count) {
        switch (f) {
            case EXP, SIGMOID -> {
                boolean isSigmoid = f == Function.SIGMOID;
                exp(x, y, isSigmoid ? -1 : 1, count);
                if (isSigmoid) inverseOfOneMore(y, count);
            }
            case TANH -> tanh(x, y, count);
            case LOG -> log(x, y, count);
            case RELU, LEAKY_RELU, ELU -> throw new AssertionError("not of these");
        }
    }

    /// e^(factor x) = 2^n e^r with n = round(x / log 2), |r| <= log(2) / 2. 2^n is multiplied in two parts,
    /// since it may be too large or too small for one.
    private static void exp(long x, long y, float factor, int count) {
        for (long at = 0, end = BYTES * count; at < end; at += BYTES) {
            FloatVector within = Lanes.at((x + at) & Lanes.ADDRESS)
                    .mul(factor)
                    .max(EXP_LOWEST)
                    .min(EXP_HIGHEST);
            FloatVector shifted = within.mul(LOG2_E).add(ROUND);
            FloatVector n = shifted.sub(ROUND);
            FloatVector r = within.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
            FloatVector p = Lanes.all(1.9875691e-4f);
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.0013981999f));
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.008333452f));
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.041665796f));
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.16666666f));
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.5f));
            p = Lanes.multiplyAdd(p, r.mul(r), r.add(1));
            IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
            IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
            Lanes.put(p.mul(powerOfTwo(half)).mul(powerOfTwo(whole.sub(half))), (y + at) & Lanes.ADDRESS);
        }
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
    }

    /// y = 1 / (1 + y).
    private static void inverseOfOneMore(long y, int count) {
        for (long at = 0, end = BYTES * count; at < end; at += BYTES) {
            long p = (y + at) & Lanes.ADDRESS;
            Lanes.put(Lanes.all(1).div(Lanes.at(p).add(1)), p);
        }
    }

    /// Of a = |x|: a + a^3 P(a^2) near 0, otherwise 1 - 2 / (e^2a + 1), which is 1 long before e^2a needs
    /// more than one power of two; with the sign of x.
    private static void tanh(long x, long y, int count) {
        for (long at = 0, end = BYTES * count; at < end; at += BYTES) {
            IntVector bits = Lanes.at((x + at) & Lanes.ADDRESS).reinterpretAsInts();
            FloatVector a = bits.and(~SIGN).reinterpretAsFloats();
            FloatVector within = a.add(a).min(TANH_HIGHEST);
            FloatVector shifted = within.mul(LOG2_E).add(ROUND);
            FloatVector n = shifted.sub(ROUND);
            FloatVector r = within.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
            FloatVector p = Lanes.all(0.0013981999f);
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.008333452f));
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.041665796f));
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.16666666f));
            p = Lanes.multiplyAdd(p, r, Lanes.all(0.5f));
            p = Lanes.multiplyAdd(p, r.mul(r), r.add(1));
            IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            FloatVector e = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            FloatVector far = Lanes.all(1).sub(Lanes.all(2).div(e.add(1)));
            FloatVector z = a.mul(a);
            FloatVector q = Lanes.all(-5.7049887e-3f);
            q = Lanes.multiplyAdd(q, z, Lanes.all(2.063909e-2f));
            q = Lanes.multiplyAdd(q, z, Lanes.all(-5.3739715e-2f));
            q = Lanes.multiplyAdd(q, z, Lanes.all(1.3331442e-1f));
            q = Lanes.multiplyAdd(q, z, Lanes.all(-0.3333328f));
            FloatVector near = Lanes.multiplyAdd(q.mul(z), a, a);
            FloatVector size = near.blend(far, a.compare(VectorOperators.GE, TANH_SMALL));
            Lanes.put(size.reinterpretAsInts().or(bits.and(SIGN)).reinterpretAsFloats(), (y + at) & Lanes.ADDRESS);
        }
    }

    /// log x = e log 2 + log m with m from the root of a half to the root of two. What is infinite or no
    /// number is its own logarithm.
    private static void log(long from, long to, int count) {
        for (long at = 0, end = BYTES * count; at < end; at += BYTES) {
            FloatVector x = Lanes.at((from + at) & Lanes.ADDRESS);
            VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = x.blend(x.mul(TWO_23), tiny).reinterpretAsInts();
            FloatVector e = (FloatVector) bits.lanewise(VectorOperators.LSHR, MANTISSA_BITS)
                    .sub(BIAS - 1)
                    .convert(VectorOperators.I2F, 0);
            e = e.blend(e.sub(MANTISSA_BITS), tiny);
            FloatVector m = bits.and(MANTISSA).or(HALF).reinterpretAsFloats();
            VectorMask<Float> low = m.compare(VectorOperators.LT, ROOT_HALF);
            e = e.blend(e.sub(1), low);
            FloatVector r = m.blend(m.add(m), low).sub(1);
            FloatVector z = r.mul(r);
            FloatVector y = Lanes.all(7.0376836e-2f);
            y = Lanes.multiplyAdd(y, r, Lanes.all(-1.151461e-1f));
            y = Lanes.multiplyAdd(y, r, Lanes.all(0.116769984f));
            y = Lanes.multiplyAdd(y, r, Lanes.all(-1.2420141e-1f));
            y = Lanes.multiplyAdd(y, r, Lanes.all(1.4249323e-1f));
            y = Lanes.multiplyAdd(y, r, Lanes.all(-0.16668057f));
            y = Lanes.multiplyAdd(y, r, Lanes.all(0.20000716f));
            y = Lanes.multiplyAdd(y, r, Lanes.all(-2.4999994e-1f));
            y = Lanes.multiplyAdd(y, r, Lanes.all(0.3333333f));
            y = y.mul(r).mul(z).add(e.mul(LN2_LOW)).sub(z.mul(0.5f));
            y = r.add(y).add(e.mul(LN2_HIGH));
            y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
            y = y.blend(Float.NaN, x.compare(VectorOperators.LT, 0));
            y = x.blend(y, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
            Lanes.put(y, (to + at) & Lanes.ADDRESS);
        }
    }

    /// dx = y dy, or added to it.
    static void expGradient(Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int body) {
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector d = Lanes.load(y.segment(), i);
            put(Lanes.load(dy.segment(), i).mul(d), dx, accumulate, i);
        }
    }

    /// dx = y (1 - y) dy, or added to it.
    static void sigmoidGradient(Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int body) {
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector v = Lanes.load(y.segment(), i);
            put(Lanes.load(dy.segment(), i).mul(v.mul(Lanes.all(1).sub(v))), dx, accumulate, i);
        }
    }

    /// dx = (1 - y^2) dy, or added to it.
    static void tanhGradient(Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int body) {
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector v = Lanes.load(y.segment(), i);
            put(Lanes.load(dy.segment(), i).mul(Lanes.all(1).sub(v.mul(v))), dx, accumulate, i);
        }
    }

    /// dx = dy / x, or added to it.
    static void logGradient(Matrix x, Matrix dy, Matrix dx, boolean accumulate, int from, int body) {
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector d = Lanes.all(1).div(Lanes.load(x.segment(), i));
            put(Lanes.load(dy.segment(), i).mul(d), dx, accumulate, i);
        }
    }

    private static void put(FloatVector d, Matrix dx, boolean accumulate, int at) {
        if (accumulate) Lanes.store(Lanes.load(dx.segment(), at).add(d), dx.segment(), at);
        else Lanes.store(d, dx.segment(), at);
    }
}
