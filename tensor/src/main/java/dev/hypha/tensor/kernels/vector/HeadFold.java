package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Sums and largest numbers of each head over the entries of each row of a tile, whose numbers follow each
/// other in scratch space, several entries to a vector. A row's result is a vector, and there once for each
/// entry that a vector has room for.
///
/// The last vector of a row may reach beyond it: what lies there must be memory, and is left out. Each
/// method goes over all rows, as vectors that cross a call which is not inlined are objects, and so are
/// those of a method with many.
@SuppressWarnings("ArrayRecordComponent") // Read by kernels and never compared.
record HeadFold(int[] offsets, int room, VectorShuffle<Float>[] distances, float[] factors, VectorMask<Float>[] rests) {
    /// Bytes of a row's result.
    static final long VECTOR = 4L * Lanes.COUNT;

    /// Halvings of the widest vector, of 16 lanes.
    private static final int HALVINGS = 4;

    /// @param room numbers of an entry, a power of two, at most as many as lanes
    @SuppressWarnings({"unchecked", "rawtypes"})
    static HeadFold of(int[] offsets, int room) {
        VectorShuffle<Float>[] distances = new VectorShuffle[HALVINGS];
        float[] factors = new float[HALVINGS];
        for (int i = 0; i < HALVINGS; i++) {
            int distance = room << i;
            boolean within = distance < Lanes.COUNT;
            // Where nothing is left to fold, a vector meets itself: its largest stays, and is not added.
            distances[i] = VectorShuffle.fromOp(Lanes.SPECIES, lane -> within ? (lane + distance) % Lanes.COUNT : lane);
            factors[i] = within ? 1 : 0;
        }
        VectorMask<Float>[] rests = new VectorMask[Lanes.COUNT];
        for (int n = 0; n < Lanes.COUNT; n++) rests[n] = Lanes.SPECIES.indexInRange(0, n);
        return new HeadFold(offsets, room, distances, factors, rests);
    }

    /// The largest leaky relu of each row's numbers.
    ///
    /// @param at address of the tile's first number
    /// @param out address of the result of the tile's first row
    void largestLeaky(long at, int start, int end, float slope, long out) {
        FloatVector lowest = Lanes.all(Float.NEGATIVE_INFINITY);
        VectorShuffle<Float> d0 = distances[0];
        VectorShuffle<Float> d1 = distances[1];
        VectorShuffle<Float> d2 = distances[2];
        VectorShuffle<Float> d3 = distances[3];
        long p = at;
        long o = out;
        for (int r = start; r < end; r++) {
            int count = (offsets[r + 1] - offsets[r]) * room;
            int body = count - count % Lanes.COUNT;
            FloatVector largest = lowest;
            for (int k = 0; k < body; k += Lanes.COUNT) {
                largest = largest.max(HeadPairs.leaky(Lanes.at((p + 4L * k) & Lanes.ADDRESS), slope));
            }
            FloatVector rest = HeadPairs.leaky(Lanes.at((p + 4L * body) & Lanes.ADDRESS), slope);
            largest = largest.max(lowest.blend(rest, rests[count - body]));
            largest = largest.max(largest.rearrange(d0));
            largest = largest.max(largest.rearrange(d1));
            largest = largest.max(largest.rearrange(d2));
            Lanes.put(largest.max(largest.rearrange(d3)), o & Lanes.ADDRESS);
            p += 4L * count;
            o += VECTOR;
        }
    }

    /// The leaky relus of each row's numbers less the row's own.
    ///
    /// @param by address of a vector for each row
    /// @param out address of the first number; the last vector of a row may reach into the next row, which
    ///     is written after it
    void subtractFromLeaky(long at, int start, int end, float slope, long by, long out) {
        long p = 0;
        long q = by;
        for (int r = start; r < end; r++) {
            long size = 4L * (offsets[r + 1] - offsets[r]) * room;
            FloatVector own = Lanes.at(q & Lanes.ADDRESS);
            for (long k = 0; k < size; k += VECTOR) {
                FloatVector score = HeadPairs.leaky(Lanes.at((at + p + k) & Lanes.ADDRESS), slope);
                Lanes.put(score.sub(own), (out + p + k) & Lanes.ADDRESS);
            }
            p += size;
            q += VECTOR;
        }
    }

    /// The sum of each row's numbers.
    void sum(long at, int start, int end, long out) {
        VectorShuffle<Float> d0 = distances[0];
        VectorShuffle<Float> d1 = distances[1];
        VectorShuffle<Float> d2 = distances[2];
        VectorShuffle<Float> d3 = distances[3];
        long p = at;
        long o = out;
        for (int r = start; r < end; r++) {
            int count = (offsets[r + 1] - offsets[r]) * room;
            int body = count - count % Lanes.COUNT;
            FloatVector rest = Lanes.at((p + 4L * body) & Lanes.ADDRESS);
            FloatVector sum = Lanes.zero().blend(rest, rests[count - body]);
            for (int k = 0; k < body; k += Lanes.COUNT) sum = sum.add(Lanes.at((p + 4L * k) & Lanes.ADDRESS));
            sum = sum.add(sum.rearrange(d0).mul(factors[0]));
            sum = sum.add(sum.rearrange(d1).mul(factors[1]));
            sum = sum.add(sum.rearrange(d2).mul(factors[2]));
            Lanes.put(sum.add(sum.rearrange(d3).mul(factors[3])), o & Lanes.ADDRESS);
            p += 4L * count;
            o += VECTOR;
        }
    }

    /// Divides each row's numbers by the row's own.
    ///
    /// @param by address of a vector for each row
    void divide(long at, int start, int end, long by) {
        FloatVector one = Lanes.all(1);
        long p = at;
        long q = by;
        for (int r = start; r < end; r++) {
            int count = (offsets[r + 1] - offsets[r]) * room;
            int body = count - count % Lanes.COUNT;
            FloatVector factor = one.div(Lanes.at(q & Lanes.ADDRESS));
            for (int k = 0; k < body; k += Lanes.COUNT) {
                long o = (p + 4L * k) & Lanes.ADDRESS;
                Lanes.put(Lanes.at(o).mul(factor), o);
            }
            long o = (p + 4L * body) & Lanes.ADDRESS;
            FloatVector rest = Lanes.at(o);
            Lanes.put(rest.blend(rest.mul(factor), rests[count - body]), o);
            p += 4L * count;
            q += VECTOR;
        }
    }
}
