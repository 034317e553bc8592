package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One hop of LABOR as the paper has it, over maps, with c by bisection.
final class SlowLabor {
    private final Neighbors graph;
    private final int fanout;

    /// By source node; absent before the first iteration.
    private Map<Integer, Double> pi = new HashMap<>();

    SlowLabor(Neighbors graph, List<Integer> rows, int fanout, int iterations) {
        this.graph = graph;
        this.fanout = fanout;
        for (int i = 0; i < iterations; i++) {
            Map<Integer, Double> next = new HashMap<>();
            for (int row : rows) {
                for (long edge = graph.begin(row); edge < graph.end(row); edge++) {
                    next.merge(graph.source(edge), c(row) * pi(edge), Math::max);
                }
            }
            pi = next;
        }
    }

    /// The probability of an edge of a row.
    double probability(int row, long edge) {
        double p = c(row) * pi(edge);
        return p > 1 - 1e-9 ? 1 : p;
    }

    private double pi(long edge) {
        double weight = graph.weight(edge);
        return weight == 0 ? 0 : pi.getOrDefault(graph.source(edge), weight);
    }

    private double c(int row) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        double certain = 0;
        for (long edge = graph.begin(row); edge < graph.end(row); edge++) {
            double weight = graph.weight(edge);
            sum += weight;
            squares += weight * weight;
            count += weight > 0 ? 1 : 0;
            certain = weight > 0 ? Math.max(certain, 1 / pi(edge)) : certain;
        }
        if (fanout < 0 || count <= fanout) {
            return certain;
        }
        double target = squares + (1.0 / fanout - 1.0 / count) * sum * sum;
        double low = 0;
        double high = certain;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (variance(row, middle) > target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double variance(int row, double c) {
        double variance = 0;
        for (long edge = graph.begin(row); edge < graph.end(row); edge++) {
            double weight = graph.weight(edge);
            variance += weight > 0 ? weight * weight / Math.min(1, c * pi(edge)) : 0;
        }
        return variance;
    }
}
