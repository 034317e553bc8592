package dev.hypha.tensor.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Vectors of pairs of bfloat16 and what they mean in float32. A pair is an int in the byte order of the
/// machine, so which half is the first number depends on that order.
final class Pairs {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int UPPER_HALF = 0xffff0000;
    private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(Lanes.SPECIES, lane -> lane / 2);
    private static final VectorShuffle<Float> SECOND =
            VectorShuffle.fromOp(Lanes.SPECIES, lane -> (Lanes.COUNT + lane) / 2);
    private static final VectorMask<Float> ODD = odd();

    /// As `Lanes` says: an address that was cut needs no check.
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Pairs() {}

    private static VectorMask<Float> odd() {
        long bits = 0;
        for (int lane = 1; lane < Lanes.COUNT; lane += 2) bits |= 1L << lane;
        return VectorMask.fromLong(Lanes.SPECIES, bits);
    }

    static VectorMask<Integer> mask(int pairs) {
        return SPECIES.indexInRange(0, pairs);
    }

    /// @param address cut with [Lanes#ADDRESS] in sight of the compiler, at most some sum of small offsets
    ///     added
    static IntVector at(long address) {
        return IntVector.fromMemorySegment(SPECIES, ALL, address, ByteOrder.nativeOrder());
    }

    /// The same for some pairs; zeros in the others.
    static IntVector at(long address, VectorMask<Integer> pairs) {
        return IntVector.fromMemorySegment(SPECIES, ALL, address, ByteOrder.nativeOrder(), pairs);
    }

    /// The first number of each pair.
    static FloatVector even(IntVector pairs) {
        return LITTLE ? fromLower(pairs) : fromUpper(pairs);
    }

    /// The second number of each pair.
    static FloatVector odd(IntVector pairs) {
        return LITTLE ? fromUpper(pairs) : fromLower(pairs);
    }

    private static FloatVector fromLower(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector fromUpper(IntVector pairs) {
        return pairs.and(UPPER_HALF).reinterpretAsFloats();
    }

    /// The first half of the columns in their order, of the even and the odd ones.
    static FloatVector lower(FloatVector even, FloatVector odd) {
        return even.rearrange(FIRST).blend(odd.rearrange(FIRST), ODD);
    }

    /// The second half.
    static FloatVector upper(FloatVector even, FloatVector odd) {
        return even.rearrange(SECOND).blend(odd.rearrange(SECOND), ODD);
    }
}
