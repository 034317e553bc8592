package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.kernels.Dropout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// What a [Dropout] multiplies neighbouring elements by, a vector at a time.
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
    static FloatVector factors(Dropout drop, int position) {
        IntVector z = STEPS.add(position * Dropout.STEP + drop.first());
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, HALF))
                .mul(Dropout.FIRST);
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, SHIFT))
                .add(drop.second())
                .mul(Dropout.SECOND);
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, SHIFT))
                .lanewise(VectorOperators.LSHR, HALF);
        // All ones where it is kept.
        IntVector kept = z.sub(drop.threshold())
                .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                .not();
        return kept.and(Float.floatToRawIntBits(drop.scale())).reinterpretAsFloats();
    }
}
