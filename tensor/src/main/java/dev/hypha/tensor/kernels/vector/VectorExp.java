package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// e^x on vectors, of sums and products alone: Java's own vector exponential gives other last bits
/// interpreted than compiled. The relative error is below 2e-7 where the result is a normal number; smaller
/// ones are 0, larger ones infinite.
///
/// A loop over memory and not a function of a vector: a function as long as this is compiled on its own
/// sooner or later, and its operands and results are then objects.
///
/// e^x = 2^n e^r with n = round(x / log 2), |r| <= log(2) / 2, and e^r by the polynomial of Moshier's Cephes (expf).
final class VectorExp {
    private static final float LOWEST = -87.33654f;
    private static final float HIGHEST = 88.02969f;
    private static final float LOG2_E = 1.442695f;
    /// Adding it leaves the nearest whole number in the low bits: 1.5 times 2^23.
    private static final float ROUND = 12582912f;
    /// log 2 in two parts, the first with few bits, so that its product with n is exact.
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -2.1219444e-4f;
    private static final int EXPONENT_BITS = 23;

    private VectorExp() {}

    /// Replaces numbers in memory, whole vectors of them.
    static void replace(long start, long vectors) {
        for (long k = 0; k < vectors; k++) {
            long place = (start + 4 * k * Lanes.COUNT) & Lanes.ADDRESS;
            FloatVector x = Lanes.at(place);
            FloatVector within = x.max(LOWEST).min(HIGHEST);
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
            // The low bits of the shifted number are n; in the place of the exponent they multiply by 2^n.
            IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_BITS);
            FloatVector y = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            y = y.blend(0, x.compare(VectorOperators.LT, LOWEST));
            Lanes.put(y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, HIGHEST)), place);
        }
    }
}
