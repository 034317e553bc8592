package dev.hypha.algorithms.curvature;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import java.util.Arrays;

/// How the edges' curvatures are spread: many edges well below 0 are bottlenecks, through which the
/// messages of many nodes have to be squeezed.
///
/// @param edges how many undirected edges there are
/// @param min the lowest curvature, NaN without edges; the others likewise
/// @param p10 the curvature that a tenth of the edges does not exceed
/// @param negative the part of edges below 0
public record CurvatureSummary(
        int edges, double min, double p10, double median, double p90, double max, double mean, double negative) {
    /// @throws dev.hypha.graph.InputException as [OllivierRicci#ofAll]
    public static CurvatureSummary of(SimpleGraph graph, Threads threads) {
        return of(OllivierRicci.ofAll(graph, threads));
    }

    /// @param curvatures one per edge; is not changed
    public static CurvatureSummary of(double[] curvatures) {
        double[] sorted = curvatures.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int negative = 0;
        for (double each : sorted) {
            sum += each;
            negative += each < 0 ? 1 : 0;
        }
        return new CurvatureSummary(
                sorted.length,
                quantile(sorted, 0),
                quantile(sorted, 0.1),
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 1),
                sum / sorted.length,
                (double) negative / sorted.length);
    }

    private static double quantile(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
