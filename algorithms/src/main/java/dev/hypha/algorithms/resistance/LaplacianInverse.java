package dev.hypha.algorithms.resistance;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import java.util.Arrays;
import java.util.Map;

/// The pseudo-inverse L+ of the Laplacian of one connected component, dense, and its square; both follow
/// when an edge is added. Nodes are numbered within the component here.
///
/// L+ = (L + J/n)^-1 - J/n, J being all ones: Ghosh, Boyd and Saberi, "Minimizing effective resistance of a
/// graph", SIAM Review 50, 2008, section 2.4. Adding an edge changes L by a matrix of rank 1, and L+ by the
/// formula of Sherman and Morrison, since the difference of two unit vectors is orthogonal to the
/// nullspace.
public final class LaplacianInverse {
    /// Nodes of the largest component taken: 200 MB of memory, twice that where edges are added.
    public static final int LARGEST = 5000;

    private final double[][] inverse;
    private double[][] square = new double[0][];

    private LaplacianInverse(double[][] inverse) {
        this.inverse = inverse;
    }

    /// @param nodes of a component of the graph, ascending
    /// @throws InputException for more than [#LARGEST] nodes
    public static LaplacianInverse of(SimpleGraph graph, int[] nodes, Threads threads) {
        int n = nodes.length;
        if (n > LARGEST) {
            throw new InputException(
                    "component-too-large",
                    "exact effective resistance needs a matrix of all pairs of nodes, and a component has " + n
                            + " nodes where at most " + LARGEST + " are taken",
                    Map.of("nodes", n),
                    "choose a method that looks at neighborhoods alone, such as laser or borf");
        }
        int[] number = new int[graph.nodes()];
        for (int i = 0; i < n; i++) {
            number[nodes[i]] = i;
        }
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(a[i], 1.0 / n);
            a[i][i] += graph.degree(nodes[i]);
            for (int k = graph.offsets()[nodes[i]]; k < graph.offsets()[nodes[i] + 1]; k++) {
                a[i][number[graph.neighbors()[k]]] -= 1;
            }
        }
        DenseAlgebra.invert(a, threads);
        for (double[] row : a) {
            for (int j = 0; j < n; j++) {
                row[j] -= 1.0 / n;
            }
        }
        return new LaplacianInverse(a);
    }

    /// How many nodes there are.
    public int nodes() {
        return inverse.length;
    }

    /// The effective resistance between two nodes, every edge being a resistor of 1.
    public double resistance(int u, int v) {
        return inverse[u][u] + inverse[v][v] - 2 * inverse[u][v];
    }

    /// The sum of the resistances of all unordered pairs of nodes.
    public double total() {
        double trace = 0;
        for (int i = 0; i < nodes(); i++) {
            trace += inverse[i][i];
        }
        return nodes() * trace;
    }

    /// By how much [#total] would sink with one more edge: n B^2 / (1 + R), B being the biharmonic
    /// distance.
    ///
    /// Black, Wan, Nayyeri and Wang, "Understanding oversquashing in GNNs through the lens of effective
    /// resistance", ICML 2023, theorem 4.2. The first call squares the matrix, n^3 multiplications.
    public double gain(int u, int v, Threads threads) {
        needSquare(threads);
        return gain(u, v);
    }

    private double gain(int u, int v) {
        return nodes() * (square[u][u] + square[v][v] - 2 * square[u][v]) / (1 + resistance(u, v));
    }

    /// The edge that is not in the graph yet and with which [#total] sinks most; of equal ones the first.
    ///
    /// @param joined whether an edge is there
    /// @return null if all pairs are joined
    public Edge best(PairTest joined, Threads threads) {
        needSquare(threads);
        int n = nodes();
        int[] partner = new int[n];
        double[] gain = new double[n];
        threads.forEach(n, () -> u -> {
            partner[u] = -1;
            for (int v = u + 1; v < n; v++) {
                double here = gain(u, v);
                if ((partner[u] < 0 || here > gain[u]) && !joined.test(u, v)) {
                    partner[u] = v;
                    gain[u] = here;
                }
            }
        });
        int best = -1;
        for (int u = 0; u < n; u++) {
            if (partner[u] >= 0 && (best < 0 || gain[u] > gain[best])) {
                best = u;
            }
        }
        return best < 0 ? null : new Edge(best, partner[best]);
    }

    /// Takes one more edge into account: n^2 multiplications.
    public void add(Edge edge, Threads threads) {
        int n = nodes();
        double[] change = difference(inverse, edge);
        double scale = 1 / (1 + resistance(edge.u(), edge.v()));
        if (square.length > 0) {
            // (P - s v v')^2 = P^2 - s (v w' + w v') + s^2 (v'v) v v' with w = P v
            double[] squareChange = difference(square, edge);
            double length = 0;
            for (double each : change) {
                length += each * each;
            }
            double both = scale * scale * length;
            threads.forEach(n, () -> i -> {
                double first = scale * change[i];
                double second = scale * squareChange[i] - both * change[i];
                for (int j = 0; j < n; j++) {
                    square[i][j] -= first * squareChange[j] + second * change[j];
                }
            });
        }
        threads.forEach(n, () -> i -> {
            double factor = scale * change[i];
            for (int j = 0; j < n; j++) {
                inverse[i][j] -= factor * change[j];
            }
        });
    }

    private static double[] difference(double[][] symmetric, Edge edge) {
        double[] difference = symmetric[edge.u()].clone();
        for (int j = 0; j < difference.length; j++) {
            difference[j] -= symmetric[edge.v()][j];
        }
        return difference;
    }

    private void needSquare(Threads threads) {
        if (square.length > 0) {
            return;
        }
        square = DenseAlgebra.product(inverse, inverse, threads);
    }

    /// A question about two nodes.
    @FunctionalInterface
    public interface PairTest {
        boolean test(int u, int v);
    }
}
