package dev.hypha.bench;

import java.util.Arrays;

/// How long something took over several runs, in milliseconds.
public record Millis(double median, double min, double max) {
    /// Runs to warm up before any is counted, and to count at least.
    private static final int WARM = 3;

    private static final int LEAST = 5;
    private static final int MOST = 200;

    /// Times a step again and again: first uncounted until the code is compiled, then for about the seconds given.
    public static Millis of(Runnable step, double seconds) {
        long until = System.nanoTime() + (long) (seconds * 1e9 / 3);
        for (int i = 0; i < WARM || (System.nanoTime() < until && i < MOST); i++) step.run();
        until = System.nanoTime() + (long) (seconds * 1e9);
        double[] millis = new double[MOST];
        int n = 0;
        while (n < LEAST || (System.nanoTime() < until && n < MOST)) {
            long start = System.nanoTime();
            step.run();
            millis[n++] = (System.nanoTime() - start) / 1e6;
        }
        return of(Arrays.copyOf(millis, n));
    }

    /// The same for each of some equal parts.
    Millis per(int parts) {
        return new Millis(median / parts, min / parts, max / parts);
    }

    static Millis of(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Millis((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
    }
}
