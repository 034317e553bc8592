package dev.hypha.graph.statistics;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.OptionalDouble;

/// How many neighbors the nodes at one end of an edge type have.
///
/// @param zero nodes without any
/// @param tailExponent of a power law fitted to the degrees from the 90th percentile on; empty where fewer than
///     50 nodes or no two different degrees are left. Clauset, Shalizi and Newman, "Power-law distributions in
///     empirical data", SIAM Review 51, 2009, equation 3.7
public record Degrees(
        long min,
        long median,
        double mean,
        long p90,
        long p99,
        long p999,
        long max,
        long zero,
        OptionalDouble tailExponent) {
    private static final int FEWEST_IN_TAIL = 50;

    /// Of the targets of an edge type, or of any graph.
    public static Degrees of(Neighbors neighbors) {
        long[] degrees = new long[neighbors.targets()];
        for (int target = 0; target < degrees.length; target++) {
            degrees[target] = neighbors.end(target) - neighbors.begin(target);
        }
        return of(degrees);
    }

    /// @param degrees is sorted by this
    static Degrees of(long[] degrees) {
        Arrays.parallelSort(degrees);
        if (degrees.length == 0) {
            return new Degrees(0, 0, 0, 0, 0, 0, 0, 0, OptionalDouble.empty());
        }
        long sum = 0;
        int zero = 0;
        for (long degree : degrees) {
            sum += degree;
            zero += degree == 0 ? 1 : 0;
        }
        return new Degrees(
                degrees[0],
                quantile(degrees, 0.5),
                (double) sum / degrees.length,
                quantile(degrees, 0.9),
                quantile(degrees, 0.99),
                quantile(degrees, 0.999),
                degrees[degrees.length - 1],
                zero,
                tailExponent(degrees));
    }

    /// The smallest degree that at least this part of the nodes does not exceed.
    private static long quantile(long[] sorted, double part) {
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    private static OptionalDouble tailExponent(long[] sorted) {
        long least = Math.max(1, quantile(sorted, 0.9));
        int count = 0;
        double logs = 0;
        for (int i = sorted.length - 1; i >= 0 && sorted[i] >= least; i--) {
            logs += Math.log(sorted[i] / (least - 0.5));
            count++;
        }
        boolean flat = sorted[sorted.length - 1] == least;
        return count < FEWEST_IN_TAIL || flat ? OptionalDouble.empty() : OptionalDouble.of(1 + count / logs);
    }
}
