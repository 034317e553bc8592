package dev.hypha.learn.probe;

import java.util.Arrays;

/// Numbers as the bins that they lie in, so that what is linear in bins need not be linear in the
/// numbers.
final class Bins {
    private static final int COUNT = 8;

    private Bins() {}

    /// Each column cut into at most eight bins of equally many rows, equal numbers in the same bin; the
    /// bin of each column is marked, so that every row has length 1.
    ///
    /// @param rows all of one length
    static float[][] of(float[][] rows) {
        int columns = rows[0].length;
        float[][] marked = new float[rows.length][columns * COUNT];
        float mark = (float) (1 / Math.sqrt(columns));
        for (int j = 0; j < columns; j++) {
            float[] sorted = new float[rows.length];
            for (int i = 0; i < rows.length; i++) sorted[i] = rows[i][j];
            Arrays.sort(sorted);
            for (int i = 0; i < rows.length; i++) marked[i][j * COUNT + bin(sorted, rows[i][j])] = mark;
        }
        return marked;
    }

    /// How many of the cuts a number reaches.
    private static int bin(float[] sorted, float x) {
        int bin = 0;
        for (int cut = 1; cut < COUNT; cut++) if (x >= sorted[cut * sorted.length / COUNT]) bin++;
        return bin;
    }
}
