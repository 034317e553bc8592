package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// The probabilities of one hop of a [LaborSampler]. Names are those of the paper, but for 1 / pi standing in
/// place of pi, so that no loop over edges divides. Scratch, used for one hop after the other.
final class LaborLayer {
    private static final double CONVERGENCE = 1e-4;
    private static final int MOST_ITERATIONS = 50;

    private final NodeNumbers sources = new NodeNumbers();
    private Neighbors graph;
    private BlocksBuilder blocks;
    private Fanouts fanouts;

    /// How often pi has been improved; at 0 it is the weight of each edge.
    private int improved;

    /// Among all edges of the hop's rows, those before the row at hand.
    private int cursor;

    /// By edge of the hop, the number of its source; known after the first iteration.
    private int[] numbers = new int[64];

    /// By source, 1 / pi.
    private double[] inverses = {};

    /// By source, 1 / pi after the next iteration.
    private double[] next = {};

    /// By edge of one row: 1 / pi, and the square of the weight.
    private double[] inverse = new double[64];

    private double[] square = new double[64];

    /// Works out pi for the current hop.
    void prepare(Neighbors neighbors, BlocksBuilder builder, Fanouts wanted, int iterations) {
        graph = neighbors;
        blocks = builder;
        fanouts = wanted;
        improved = 0;
        sources.clear();
        double nodes = Double.POSITIVE_INFINITY;
        int most = iterations == LaborSampler.CONVERGED ? MOST_ITERATIONS : iterations;
        while (improved < most) {
            double expected = improve();
            if (iterations == LaborSampler.CONVERGED && !(expected < nodes * (1 - CONVERGENCE))) {
                break;
            }
            nodes = expected;
        }
        cursor = 0;
    }

    /// Lets go of the graph.
    void forget() {
        graph = null;
        blocks = null;
    }

    /// Adds the neighbors of the next row: those whose dice fell low enough.
    void take(int node, long key) {
        long begin = graph.begin(node);
        int degree = graph.degree(node);
        double c = scale(begin, degree);
        cursor += degree;
        for (int i = 0; i < degree; i++) {
            int source = graph.source(begin + i);
            double p = Math.min(1, c / inverse[i]);
            if (Mixing.unit(key, source) <= p) {
                blocks.reserve(1);
                blocks.add(source, begin + i, (float) (graph.weight(begin + i) / p));
            }
        }
    }

    /// One iteration: pi(t) becomes pi(t) max c(s).
    ///
    /// @return the expected number of nodes with the new pi
    private double improve() {
        cursor = 0;
        Arrays.fill(next, 0, sources.size(), Double.POSITIVE_INFINITY);
        int end = blocks.end();
        for (int row = blocks.first(); row < end; row++) {
            int node = blocks.node(row);
            long begin = graph.begin(node);
            int degree = graph.degree(node);
            if (improved == 0) {
                number(begin, degree);
            }
            double reciprocal = 1 / scale(begin, degree);
            for (int i = 0; i < degree; i++) {
                int source = numbers[cursor + i];
                next[source] = Math.min(next[source], inverse[i] * reciprocal);
            }
            cursor += degree;
        }
        swap();
        improved++;
        double nodes = 0;
        for (int source = 0; source < sources.size(); source++) {
            nodes += Math.min(1, 1 / inverses[source]);
        }
        return nodes;
    }

    /// Gives the sources of a row their numbers.
    private void number(long begin, int degree) {
        int wanted = Math.addExact(cursor, degree);
        if (wanted > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(wanted, (int) Math.min(Integer.MAX_VALUE - 8, wanted * 2L)));
        }
        int known = sources.size();
        for (int i = 0; i < degree; i++) {
            numbers[cursor + i] = sources.number(graph.source(begin + i));
        }
        if (sources.size() > next.length) {
            next = Arrays.copyOf(next, sources.size() * 2);
        }
        Arrays.fill(next, known, sources.size(), Double.POSITIVE_INFINITY);
    }

    private void swap() {
        double[] before = inverses;
        inverses = next;
        next = before.length < inverses.length ? new double[inverses.length] : before;
    }

    /// c(s) for the row at the cursor, whose 1 / pi it leaves behind. Where the fan-out allows all edges,
    /// the least that makes all of them certain.
    private double scale(long begin, int degree) {
        if (degree > inverse.length) {
            inverse = new double[degree * 2];
            square = new double[degree * 2];
        }
        double sum = 0;
        double squares = 0;
        double largest = 0;
        int count = 0;
        for (int i = 0; i < degree; i++) {
            double weight = graph.weight(begin + i);
            square[i] = weight * weight;
            inverse[i] = Double.POSITIVE_INFINITY;
            if (weight > 0) {
                inverse[i] = improved == 0 ? 1 / weight : inverses[numbers[cursor + i]];
                largest = Math.max(largest, inverse[i]);
                count++;
            }
            sum += weight;
            squares += square[i];
        }
        int fanout = fanouts.of(blocks.hop(), degree);
        if (count <= fanout) {
            return largest;
        }
        return fanout == 0 ? 0 : solve(inverse, square, degree, squares + (1.0 / fanout - 1.0 / count) * sum * sum);
    }

    /// The c with `sum of square / min(1, c / inverse) = target`, over the edges of positive weight.
    ///
    /// From below: with the edges known to be certain left out, the rest is proportional to 1 / c; that c
    /// makes more of them certain, until none is added. There are fewer steps than edges, mostly two or
    /// three.
    static double solve(double[] inverse, double[] square, int count, double target) {
        double c = 0;
        while (true) {
            double certain = 0;
            double rest = 0;
            for (int i = 0; i < count; i++) {
                if (inverse[i] <= c) {
                    certain += square[i];
                } else if (square[i] > 0) {
                    rest += square[i] * inverse[i];
                }
            }
            double better = rest / (target - certain);
            if (!(better > c) || target <= certain) {
                return c;
            }
            c = better;
        }
    }
}
