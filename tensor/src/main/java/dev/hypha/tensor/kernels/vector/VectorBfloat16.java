package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.kernels.PlainBfloat16;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Loops over bfloat16 on vectors. Two neighboring numbers are read as one int, whose lower half shifted up
/// is one float and whose upper half as it stands the other: a vector of ints becomes one of the even columns
/// and one of the odd ones.
public final class VectorBfloat16 extends PlainBfloat16 {
    private static final int TILE_ROWS = 64;
    private static final int TILE_ENTRIES = 512;

    @Override
    public void widen(Bfloat16Matrix x, Matrix out, int from, int to) {
        long source = x.address() + 2L * from * x.cols();
        long target = out.address() + 4L * from * x.cols();
        long count = (long) (to - from) * x.cols();
        long body = count - count % (2L * Lanes.COUNT);
        for (long k = 0; k < body; k += 2L * Lanes.COUNT) {
            IntVector pairs = Pairs.at((source + 2 * k) & Lanes.ADDRESS);
            FloatVector even = Pairs.even(pairs);
            FloatVector odd = Pairs.odd(pairs);
            long o = (target + 4 * k) & Lanes.ADDRESS;
            Lanes.put(Pairs.lower(even, odd), o);
            Lanes.put(Pairs.upper(even, odd), o + 4L * Lanes.COUNT);
        }
        long first = (long) from * x.cols();
        for (long k = body; k < count; k++) out.put(first + k, x.at(first + k));
    }

    @Override
    public void sum(Csr pattern, Scaling scaling, Bfloat16Matrix x, Matrix out, int from, int to) {
        if (x.cols() == 0) return;
        PairSums sums = new PairSums(pattern, scaling, x, out);
        for (int start = from; start < to; ) {
            int end = tileEnd(pattern.offsets(), start, to);
            sums.rows(start, end);
            start = end;
        }
    }

    /// Rows up to some number of entries and rows, at least one: their sources are visited again for the next
    /// block of columns while the caches hold them.
    private static int tileEnd(int[] offsets, int start, int to) {
        int end = start + 1;
        int most = Math.min(to, start + TILE_ROWS);
        while (end < most && offsets[end + 1] - offsets[start] <= TILE_ENTRIES) end++;
        return end;
    }
}
