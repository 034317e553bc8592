package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;

/// Reads each cache line of the rows that entries refer to, so that they are in the cache when a longer
/// computation visits them: a short loop has many more reads in flight at once. Whole vectors are read
/// where rows are long enough: single numbers, all of them at the start of a line, take twice as long.
final class Touch {
    /// Bytes of a cache line.
    private static final long LINE = 64;

    private static final long VECTOR = 4L * Lanes.COUNT;

    private Touch() {}

    /// @param rows address of the first row
    /// @param step bytes from one row to the next, and of each
    /// @param sink address to write a vector to, so that the reads are not left out
    static void rows(long rows, long step, int[] indices, int from, int to, long sink) {
        if (step < VECTOR) {
            numbers(rows, step, indices, from, to, sink);
            return;
        }
        long lines = (step + LINE - 1) / LINE;
        for (long line = 0; line < lines; line += 4) {
            long last = step - VECTOR;
            long first = Math.min(line * LINE, last);
            if (lines - line > 2) four(rows + first, first, last, step, indices, from, to, sink);
            else two(rows + first, Math.min((line + 1) * LINE, last) - first, step, indices, from, to, sink);
        }
    }

    private static void four(long rows, long first, long last, long step, int[] indices, int from, int to, long sink) {
        long b = Math.min(first + LINE, last) - first;
        long c = Math.min(first + 2 * LINE, last) - first;
        long d = Math.min(first + 3 * LINE, last) - first;
        FloatVector s0 = Lanes.zero();
        FloatVector s1 = Lanes.zero();
        FloatVector s2 = Lanes.zero();
        FloatVector s3 = Lanes.zero();
        for (int e = from; e < to; e++) {
            long row = rows + indices[e] * step;
            s0 = s0.add(Lanes.at(row & Lanes.ADDRESS));
            s1 = s1.add(Lanes.at((row + b) & Lanes.ADDRESS));
            s2 = s2.add(Lanes.at((row + c) & Lanes.ADDRESS));
            s3 = s3.add(Lanes.at((row + d) & Lanes.ADDRESS));
        }
        Lanes.put(s0.add(s1).add(s2.add(s3)), sink & Lanes.ADDRESS);
    }

    private static void two(long rows, long second, long step, int[] indices, int from, int to, long sink) {
        FloatVector s0 = Lanes.zero();
        FloatVector s1 = Lanes.zero();
        for (int e = from; e < to; e++) {
            long row = rows + indices[e] * step;
            s0 = s0.add(Lanes.at(row & Lanes.ADDRESS));
            s1 = s1.add(Lanes.at((row + second) & Lanes.ADDRESS));
        }
        Lanes.put(s0.add(s1), sink & Lanes.ADDRESS);
    }

    /// Rows shorter than a vector.
    private static void numbers(long rows, long step, int[] indices, int from, int to, long sink) {
        float sum = 0;
        for (int e = from; e < to; e++) sum += Lanes.number((rows + indices[e] * step) & Lanes.ADDRESS);
        Lanes.put(sum, sink & Lanes.ADDRESS);
    }
}
