package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.kernels.Processor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What the vector kernels share: how wide a vector is, and how one is loaded, stored, multiplied and added up.
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /// Elements in a vector.
    static final int COUNT = SPECIES.length();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final boolean FMA = Processor.hasFma();

    private Lanes() {}

    /// @param index of the first element
    static FloatVector load(MemorySegment segment, long index) {
        return FloatVector.fromMemorySegment(SPECIES, segment, 4 * index, ORDER);
    }

    /// @param index of the first element
    static void store(FloatVector vector, MemorySegment segment, long index) {
        vector.intoMemorySegment(segment, 4 * index, ORDER);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    /// a b + c. Fused where the processor can: it halves the instructions of a product; where it cannot, Java would
    /// compute the fused result in software.
    static FloatVector multiplyAdd(FloatVector a, FloatVector b, FloatVector c) {
        return FMA ? a.fma(b, c) : a.mul(b).add(c);
    }

    /// The sum of the lanes, from the first to the last. Not `reduceLanes`, whose order is left open and differs
    /// between interpreted and compiled code, so that a result would depend on how warm the program is.
    static float sum(FloatVector vector, float[] scratch) {
        vector.intoArray(scratch, 0);
        float sum = 0;
        for (int i = 0; i < COUNT; i++) sum += scratch[i];
        return sum;
    }

    /// Up to where whole vectors fit.
    static int bound(int from, int to) {
        return from + SPECIES.loopBound(to - from);
    }
}
