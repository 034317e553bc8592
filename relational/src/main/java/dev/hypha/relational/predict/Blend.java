package dev.hypha.relational.predict;

import dev.hypha.learn.metrics.Metric;
import dev.hypha.relational.task.SeedTable;

/// A weighted mean of the graph model's and the trees' answers.
///
/// @param graphShare weight of the graph model, 0 to 1; the trees have the rest
record Blend(double graphShare) {
    /// The shares tried, the plain mean first: another share has to be better to be taken. Few, because the
    /// rows that decide are few.
    private static final double[] SHARES = {0.5, 0.25, 0.75, 0, 1};

    /// Chooses by the deciding metric on the given rows. A share other than one half is taken only where it
    /// wins by more than `margin`, relative to the best of all: on a few hundred rows smaller gaps are
    /// noise.
    static Blend choose(SeedTable seeds, float[] graph, float[] trees, int[] rows, double margin) {
        Metric metric = Measurement.deciding(seeds.kind());
        Blend best = new Blend(SHARES[0]);
        double bar = Double.NaN;
        for (double share : SHARES) {
            double score = metric.of(Measurement.outcomes(seeds, mix(graph, trees, share), rows));
            if (metric.better(score, bar)) {
                best = new Blend(share);
                bar = share == SHARES[0] ? ahead(metric, score, margin) : score;
            }
        }
        return best;
    }

    /// What a challenger of the plain mean has to beat.
    private static double ahead(Metric metric, double score, double margin) {
        double lead = Math.abs(score) * margin;
        return metric.higherIsBetter() ? score + lead : score - lead;
    }

    /// The mean of two answers of the same shape.
    static float[] mix(float[] graph, float[] trees, double graphShare) {
        float[] out = new float[graph.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (graphShare * graph[i] + (1 - graphShare) * trees[i]);
        }
        return out;
    }

    /// What the share makes the model: `graph`, `trees` or `blend`.
    String model() {
        if (graphShare == 0) {
            return "trees";
        }
        return graphShare == 1 ? "graph" : "blend";
    }
}
