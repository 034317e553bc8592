package dev.hypha.learn.metrics;

import java.util.Arrays;

/// Metrics of one class against the rest: a score and a truth per row.
final class OneClass {
    private static final int BINS = 10;

    private OneClass() {}

    interface Definition {
        double of(float[] score, boolean[] truth);
    }

    /// Mean over the classes for which the number is defined; binary is its one class.
    static double macro(Outcomes o, Definition definition) {
        double sum = 0;
        int defined = 0;
        for (int c = 0; c < o.outputs(); c++) {
            double value = definition.of(o.scores(c), o.has(c));
            if (Double.isNaN(value)) continue;
            sum += value;
            defined++;
        }
        return defined == 0 ? Double.NaN : sum / defined;
    }

    /// Mann-Whitney statistic over the number of pairs, by one walk over the rows from low score to high.
    static double auroc(float[] score, boolean[] truth) {
        int[] order = ascending(score);
        long positives = 0;
        long negatives = 0;
        double pairs = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTie(score, order, from);
            int hits = hits(truth, order, from, to);
            int misses = to - from - hits;
            pairs += hits * (negatives + 0.5 * misses);
            positives += hits;
            negatives += misses;
            from = to;
        }
        return positives == 0 || negatives == 0 ? Double.NaN : pairs / ((double) positives * negatives);
    }

    static double averagePrecision(float[] score, boolean[] truth) {
        float[] negated = new float[score.length];
        for (int i = 0; i < score.length; i++) negated[i] = -score[i];
        int[] order = ascending(negated);
        long positives = 0;
        double sum = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTie(negated, order, from);
            int hits = hits(truth, order, from, to);
            positives += hits;
            sum += hits * ((double) positives / to);
            from = to;
        }
        return positives == 0 ? Double.NaN : sum / positives;
    }

    static double calibrationError(float[] probability, boolean[] truth) {
        double[] gap = new double[BINS];
        for (int i = 0; i < probability.length; i++) {
            int bin = Math.clamp((int) (probability[i] * BINS), 0, BINS - 1);
            gap[bin] += (double) probability[i] - (truth[i] ? 1 : 0);
        }
        return Arrays.stream(gap).map(Math::abs).sum() / probability.length;
    }

    private static int endOfTie(float[] score, int[] order, int from) {
        int to = from + 1;
        while (to < order.length && score[order[to]] == score[order[from]]) to++;
        return to;
    }

    private static int hits(boolean[] truth, int[] order, int from, int to) {
        int hits = 0;
        for (int k = from; k < to; k++) if (truth[order[k]]) hits++;
        return hits;
    }

    /// Row numbers by rising score. Score and row are packed into one long, so that primitives are sorted.
    private static int[] ascending(float[] score) {
        long[] packed = new long[score.length];
        for (int i = 0; i < score.length; i++) {
            int bits = Float.floatToIntBits(score[i] + 0f); // + 0 turns -0 into 0, which must tie with it
            int sortable = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            packed[i] = ((long) sortable << 32) | i;
        }
        Arrays.sort(packed);
        int[] order = new int[score.length];
        for (int i = 0; i < order.length; i++) order[i] = (int) packed[i];
        return order;
    }
}
