package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StressGnnTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        StressGnn model =
                Options.read(StressGnn.class, Map.of("hidden", "4", "rounds", "3", "theta", "0.4", "distance", "2"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] p = SlowMath.mlp(graph);
            for (int k = 0; k < 3; k++) p = round(p, 0.4, 2);
            SlowMath.assertClose(logits, p);
        }
    }

    private static double[][] round(double[][] p, double theta, double distance) {
        double[] mean = new double[p[0].length];
        for (double[] row : p) mean = SmallGraph.add(mean, 1.0 / p.length, row);
        double[][] next = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            double[] sum = new double[mean.length];
            for (int j : looped(i)) sum = SmallGraph.add(sum, 1, p[j]);
            double[] away = SmallGraph.add(p[i], -1, mean);
            double length = Math.sqrt(Arrays.stream(away).map(x -> x * x).sum());
            double[] pivot = SmallGraph.add(mean, distance / length, away);
            double many = looped(i).size();
            double[] whole = SmallGraph.add(sum, theta * many, pivot);
            next[i] = Arrays.stream(whole).map(x -> x / ((1 + theta) * many)).toArray();
        }
        return next;
    }

    /// What the paper is about: attraction alone draws all to one point, distance keeps them apart.
    @Test
    void nodesStayApartForAsManyRoundsAsOneLikes() {
        assertThat(spread("0")).isLessThan(0.05);
        assertThat(spread("0.5")).isGreaterThan(0.5);
    }

    /// Mean distance from the mean after 100 rounds, of the nodes that have neighbors.
    private static double spread(String theta) {
        StressGnn model =
                Options.read(StressGnn.class, Map.of("hidden", "4", "rounds", "100", "theta", theta, "distance", "2"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] p = graph.logits(model, 2);
            double sum = 0;
            double[] mean = new double[2];
            for (int i = 0; i < 5; i++) for (int c = 0; c < 2; c++) mean[c] += p[i][c] / 5;
            for (int i = 0; i < 5; i++) sum += Math.hypot(p[i][0] - mean[0], p[i][1] - mean[1]) / 5;
            return sum;
        }
    }

    @Test
    void manyRoundsDoNotOversmooth() {
        StressGnn deep = Options.read(StressGnn.class, Map.of("hidden", "16", "rounds", "32", "dropout", "0"));
        Gcn stacked = Options.read(Gcn.class, Map.of("hidden", "16", "layers", "16", "dropout", "0"));
        assertThat(PlantedCommunities.accuracy(deep, 0.8, "0.05")).isGreaterThan(0.6);
        assertThat(PlantedCommunities.accuracy(stacked, 0.8, "0.05")).isLessThan(0.4);
    }
}
