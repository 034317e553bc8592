package dev.hypha.algorithms.resistance;

import dev.hypha.algorithms.Components;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.generating.Draws;

/// Effective resistances of a large graph, estimated: Spielman and Srivastava, "Graph sparsification by
/// effective resistances", SIAM Journal on Computing 40, 2011, section 4.
///
/// The resistance between u and v is the squared length of B L+ (e_u - e_v), B being the signed incidence
/// of the edges. That vector is multiplied by k rows of random signs over sqrt(k), which keeps its squared
/// length on average, with a standard deviation of at most sqrt(2 / k) of it. Each row takes one solution
/// of L z = B' q; what is kept is a point of k coordinates per node, and a resistance is the squared
/// distance of two points.
public final class ResistanceSketch implements EffectiveResistance {
    private final Components components;
    private final double[][] points;
    private final int nodes;

    private ResistanceSketch(Components components, double[][] points, int nodes) {
        this.components = components;
        this.points = points;
        this.nodes = nodes;
    }

    /// @param projections k: 8 bytes per node each, and one linear system
    static ResistanceSketch of(SimpleGraph graph, int projections, long key, Threads threads) {
        if (projections < 1) {
            throw new IllegalArgumentException(projections + " projections");
        }
        double[][] points = new double[projections][];
        double size = 1 / Math.sqrt(projections);
        threads.forEach(projections, () -> {
            LaplacianSolver solver = new LaplacianSolver(graph);
            return row -> points[row] = solver.solve(projected(graph, size, Draws.split(key, row)));
        });
        return new ResistanceSketch(Components.of(graph), points, graph.nodes());
    }

    /// B' q for random signs q: every edge sends what it draws from one end to the other.
    private static double[] projected(SimpleGraph graph, double size, long key) {
        double[] sums = new double[graph.nodes()];
        for (int u = 0; u < graph.nodes(); u++) {
            for (int i = graph.offsets()[u]; i < graph.offsets()[u + 1]; i++) {
                int v = graph.neighbors()[i];
                if (u < v) {
                    double sign = Draws.split(key, i) < 0 ? -size : size;
                    sums[u] += sign;
                    sums[v] -= sign;
                }
            }
        }
        return sums;
    }

    @Override
    public double between(int u, int v) {
        if (components.of()[u] != components.of()[v]) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (double[] row : points) {
            double difference = row[u] - row[v];
            sum += difference * difference;
        }
        return sum;
    }

    /// By way of the identity of sums of squared distances: n times the squared lengths less the squared
    /// sum.
    @Override
    public double total() {
        double total = 0;
        for (int[] component : components.nodes()) {
            for (double[] row : points) {
                double mean = 0;
                for (int node : component) {
                    mean += row[node] / component.length;
                }
                for (int node : component) {
                    total += component.length * (row[node] - mean) * (row[node] - mean);
                }
            }
        }
        return total;
    }

    @Override
    public double relativeError() {
        return Math.sqrt(2.0 / points.length);
    }

    @Override
    public String toString() {
        return "resistances among " + nodes + " nodes from " + points.length + " projections";
    }
}
