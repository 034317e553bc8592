package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class Gatv2Test {
    private static final int HEADS = 3;
    private static final int HIDDEN = 2;

    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        Gatv2 model = Options.read(Gatv2.class, Map.of("heads", "3", "hidden", "2"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] hidden = attended(graph, SlowMath.features(graph), "layer0", HEADS, HIDDEN);
            hidden = SlowMath.each(
                    hidden,
                    row -> Arrays.stream(row)
                            .map(x -> x > 0 ? x : Math.expm1(x))
                            .toArray());
            SlowMath.assertClose(logits, attended(graph, hidden, "layer1", 1, 2));
        }
    }

    private static double[][] attended(SmallGraph graph, double[][] h, String name, int heads, int width) {
        double[][] left = SlowMath.linear(graph, h, name + ".target");
        double[][] right = SlowMath.each(h, row -> graph.times(row, name + ".source"));
        double[][] out = new double[NODES][heads * width];
        for (int i = 0; i < NODES; i++) {
            List<Integer> sources = looped(i);
            for (int k = 0; k < heads; k++) {
                List<Double> scores = new ArrayList<>();
                for (int j : sources) scores.add(score(graph, name, left[i], right[j], k, width));
                double[] weights = SlowMath.softmax(scores);
                for (int e = 0; e < weights.length; e++) {
                    for (int c = k * width; c < (k + 1) * width; c++) {
                        out[i][c] += weights[e] * right[sources.get(e)][c];
                    }
                }
            }
        }
        return SlowMath.each(out, row -> graph.bias(row, name));
    }

    private static double score(SmallGraph graph, String name, double[] left, double[] right, int head, int width) {
        Matrix a = graph.weights.parameters().get(name + ".score.row").value();
        double sum = 0;
        for (int c = head * width; c < (head + 1) * width; c++) {
            double x = left[c] + right[c];
            sum += a.get(0, c) * (x > 0 ? x : 0.2 * x);
        }
        return sum;
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Gatv2 model = Options.read(Gatv2.class, Map.of("heads", "4", "hidden", "4"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.7);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }
}
