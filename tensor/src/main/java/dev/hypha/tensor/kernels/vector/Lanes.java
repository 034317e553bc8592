package dev.hypha.tensor.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Processor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// What the vector kernels share: how wide a vector is, and how one is loaded, stored, multiplied and added
/// up.
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /// Elements in a vector.
    static final int COUNT = SPECIES.length();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final boolean FMA = Processor.hasFma();

    static final VectorShuffle<Float> PLUS_8 = plus(8);
    static final VectorShuffle<Float> PLUS_4 = plus(4);
    static final VectorShuffle<Float> PLUS_2 = plus(2);
    static final VectorShuffle<Float> PLUS_1 = plus(1);

    /*
     * Kernels that read rows at random work on addresses. A load through the segment of a matrix costs two checks, of its
     * bounds and of its life, which is more instructions than the arithmetic; and the more instructions an entry costs,
     * the fewer entries the processor has in flight while it waits for memory. All memory is one segment without an
     * end, whose life needs no check, and an address with its upper bits cleared is provably within it, so the compiler
     * drops the other check too. In exchange the caller vouches for the addresses: shapes were checked when the
     * operation was made, indices when the pattern was.
     */
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /// What an address is cut to; no processor has more bits of them.
    static final long ADDRESS = (1L << 56) - 1;

    private Lanes() {}

    /// Where a matrix starts.
    ///
    /// @throws IllegalStateException if its memory was given back
    static long address(Matrix matrix) {
        return matrix.address() & ADDRESS;
    }

    /// @param address cut with [#ADDRESS] in sight of the compiler, at most some sum of small offsets added
    static FloatVector at(long address) {
        return FloatVector.fromMemorySegment(SPECIES, ALL, address, ORDER);
    }

    /// The same for the lanes of a mask; zero in the others.
    static FloatVector at(long address, VectorMask<Float> lanes) {
        return FloatVector.fromMemorySegment(SPECIES, ALL, address, ORDER, lanes);
    }

    /// The same of another width, where the caller knows that the processor has it.
    static FloatVector at(VectorSpecies<Float> species, long address) {
        return FloatVector.fromMemorySegment(species, ALL, address, ORDER);
    }

    static void put(FloatVector vector, long address) {
        vector.intoMemorySegment(ALL, address, ORDER);
    }

    static void put(FloatVector vector, long address, VectorMask<Float> lanes) {
        vector.intoMemorySegment(ALL, address, ORDER, lanes);
    }

    static float number(long address) {
        return ALL.get(JAVA_FLOAT_UNALIGNED, address);
    }

    static void put(float number, long address) {
        ALL.set(JAVA_FLOAT_UNALIGNED, address, number);
    }

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

    /// Copies numbers, whole vectors of them.
    static void copy(long from, long to, int count) {
        for (long k = 0; k < 4L * count; k += 4L * COUNT) put(at((from + k) & ADDRESS), (to + k) & ADDRESS);
    }

    /// Adds numbers to others.
    static void add(long from, long to, long count) {
        long body = count - count % COUNT;
        for (long k = 0; k < body; k += COUNT) {
            long o = (to + 4 * k) & ADDRESS;
            put(at((from + 4 * k) & ADDRESS).add(at(o)), o);
        }
        for (long k = body; k < count; k++) {
            long o = (to + 4 * k) & ADDRESS;
            put(number((from + 4 * k) & ADDRESS) + number(o), o);
        }
    }

    /// a b + c, the load b becoming part of the instruction. Fused where the processor can: it halves the
    /// instructions of a product; where it cannot, Java would compute the fused result in software.
    static FloatVector multiplyAdd(FloatVector a, FloatVector b, FloatVector c) {
        return FMA ? a.fma(b, c) : a.mul(b).add(c);
    }

    /// The sum of the lanes, from the first to the last. Not `reduceLanes`, whose order is left open and
    /// differs between interpreted and compiled code, so that a result would depend on how warm the program
    /// is.
    static float sum(FloatVector vector, float[] scratch) {
        vector.intoArray(scratch, 0);
        float sum = 0;
        for (int i = 0; i < COUNT; i++) sum += scratch[i];
        return sum;
    }

    /// The sum of the lanes, by halves: lane l and lane l + COUNT / 2 first. As `sum` it has one order, but
    /// it needs no memory and suits loops that add up many vectors.
    static float fold(FloatVector vector) {
        FloatVector v = vector;
        if (COUNT > 8) v = v.add(v.rearrange(PLUS_8));
        if (COUNT > 4) v = v.add(v.rearrange(PLUS_4));
        if (COUNT > 2) v = v.add(v.rearrange(PLUS_2));
        if (COUNT > 1) v = v.add(v.rearrange(PLUS_1));
        return v.lane(0);
    }

    private static VectorShuffle<Float> plus(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + distance) % COUNT);
    }

    /// Up to where whole vectors fit.
    static int bound(int from, int to) {
        return from + SPECIES.loopBound(to - from);
    }
}
