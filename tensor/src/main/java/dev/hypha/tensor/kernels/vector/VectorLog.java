package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The natural logarithm of normal numbers above 0 on vectors, of sums and products alone, for the same
/// reason as [VectorExp]; the error is below 2e-7 of the result or of 1, whichever is larger.
///
/// log x = e log 2 + log m with x = 2^e m, m between the roots of 1/2 and 2, and log m by the polynomial of
/// Moshier's Cephes (logf). A loop over memory as [VectorExp] is.
final class VectorLog {
    private static final int EXPONENT_BITS = 23;
    private static final int BIAS = 126;
    private static final int MANTISSA = 0x007fffff;
    private static final int HALF = 0x3f000000;
    private static final float ROOT_HALF = 0.70710677f;
    /// log 2 in two parts, the first with few bits, so that its product with e is exact.
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -2.1219444e-4f;

    private VectorLog() {}

    /// Replaces numbers in memory, whole vectors of them.
    static void replace(long start, long vectors) {
        for (long k = 0; k < vectors; k++) {
            long place = (start + 4 * k * Lanes.COUNT) & Lanes.ADDRESS;
            IntVector bits = Lanes.at(place).reinterpretAsInts();
            FloatVector m = bits.and(MANTISSA).or(HALF).reinterpretAsFloats();
            IntVector exponent =
                    bits.lanewise(VectorOperators.LSHR, EXPONENT_BITS).sub(BIAS);
            FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
            VectorMask<Float> low = m.compare(VectorOperators.LT, ROOT_HALF);
            e = e.blend(e.sub(1), low);
            FloatVector z = m.sub(1).blend(m.add(m).sub(1), low);
            FloatVector square = z.mul(z);
            FloatVector p = Lanes.all(0.070376836f);
            p = Lanes.multiplyAdd(p, z, Lanes.all(-0.1151461f));
            p = Lanes.multiplyAdd(p, z, Lanes.all(0.11676998f));
            p = Lanes.multiplyAdd(p, z, Lanes.all(-0.12420141f));
            p = Lanes.multiplyAdd(p, z, Lanes.all(0.14249323f));
            p = Lanes.multiplyAdd(p, z, Lanes.all(-0.16668057f));
            p = Lanes.multiplyAdd(p, z, Lanes.all(0.20000714f));
            p = Lanes.multiplyAdd(p, z, Lanes.all(-0.24999994f));
            p = Lanes.multiplyAdd(p, z, Lanes.all(0.3333333f));
            FloatVector log =
                    Lanes.multiplyAdd(p.mul(z), square, e.mul(LN2_LOW)).sub(square.mul(0.5f));
            Lanes.put(z.add(log).add(e.mul(LN2_HIGH)), place);
        }
    }
}
