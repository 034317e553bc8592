package dev.hypha.algorithms.resistance;

import dev.hypha.algorithms.SimpleGraph;
import java.util.Arrays;

/// Solves L x = b, L being a graph's Laplacian, by conjugate gradients with the degrees as preconditioner
/// (Hestenes and Stiefel, "Methods of conjugate gradients for solving linear systems", 1952). For one
/// thread; keeps its space.
final class LaplacianSolver {
    private static final double TOLERANCE = 1e-10;

    private final SimpleGraph graph;
    private final double[] residual;
    private final double[] direction;
    private final double[] image;

    LaplacianSolver(SimpleGraph graph) {
        this.graph = graph;
        residual = new double[graph.nodes()];
        direction = new double[graph.nodes()];
        image = new double[graph.nodes()];
    }

    /// Finds one of the solutions; they differ by a constant in each component.
    ///
    /// @param b sums to 0 over every component
    /// @return x with |L x - b| at most 1e-10 |b|
    /// @throws ArithmeticException if that is not reached, which rounding may cause on very long thin
    ///     graphs
    double[] solve(double[] b) {
        int n = graph.nodes();
        double[] x = new double[n];
        System.arraycopy(b, 0, residual, 0, n);
        Arrays.fill(direction, 0);
        double goal = TOLERANCE * Math.sqrt(dot(b, b));
        double before = 1;
        long steps = 100 + 10L * n;
        for (long step = 0; Math.sqrt(dot(residual, residual)) > goal; step++) {
            if (step == steps) {
                throw new ArithmeticException("no solution within " + steps + " steps");
            }
            double now = conditioned();
            for (int i = 0; i < n; i++) {
                direction[i] = direction[i] * (now / before) + residual[i] / Math.max(1, graph.degree(i));
            }
            before = now;
            multiply();
            double length = now / dot(direction, image);
            for (int i = 0; i < n; i++) {
                x[i] += length * direction[i];
                residual[i] -= length * image[i];
            }
        }
        return x;
    }

    private double conditioned() {
        double sum = 0;
        for (int i = 0; i < residual.length; i++) {
            sum += residual[i] * residual[i] / Math.max(1, graph.degree(i));
        }
        return sum;
    }

    /// The Laplacian times the direction.
    private void multiply() {
        int[] offsets = graph.offsets();
        int[] neighbors = graph.neighbors();
        for (int i = 0; i < image.length; i++) {
            double sum = (offsets[i + 1] - offsets[i]) * direction[i];
            for (int k = offsets[i]; k < offsets[i + 1]; k++) {
                sum -= direction[neighbors[k]];
            }
            image[i] = sum;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
