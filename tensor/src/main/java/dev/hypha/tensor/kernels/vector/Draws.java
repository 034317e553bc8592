package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.kernels.Dropout;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// What a [Dropout] multiplies neighbouring elements by, written to memory: a loop of its own, as
/// [VectorExp] is and for the same reason.
final class Draws {
    /// The position of each lane after that of the first, times the dropout's step.
    private static final IntVector STEPS = steps();

    private static final int HALF = 16;
    private static final int SHIFT = 15;

    private Draws() {}

    private static IntVector steps() {
        int[] steps = new int[Lanes.COUNT];
        for (int l = 0; l < steps.length; l++) steps[l] = l * Dropout.STEP;
        return IntVector.fromArray(Lanes.INTS, steps, 0);
    }

    /// @param position of the first element
    /// @param count of elements; whole vectors are written
    static void fill(Dropout drop, int position, int count, long out) {
        IntVector steps = STEPS;
        int first = drop.first();
        int second = drop.second();
        int threshold = drop.threshold();
        int scale = Float.floatToRawIntBits(drop.scale());
        for (int i = 0; i < count; i += Lanes.COUNT) {
            IntVector z = steps.add((position + i) * Dropout.STEP + first);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, HALF))
                    .mul(Dropout.FIRST);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, SHIFT))
                    .add(second)
                    .mul(Dropout.SECOND);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, SHIFT))
                    .lanewise(VectorOperators.LSHR, HALF);
            // All ones where it is kept.
            IntVector kept = z.sub(threshold)
                    .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                    .not();
            Lanes.put(kept.and(scale).reinterpretAsFloats(), (out + 4L * i) & Lanes.ADDRESS);
        }
    }
}
