package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Matrix;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatTest {
    private static final int HEADS = 3;
    private static final int HIDDEN = 2;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithTheEquationsReadOneNodeAtATime(boolean separate) {
        Gat model =
                Options.read(Gat.class, Map.of("heads", "3", "hidden", "2", "layers", "3", "separate", "" + separate));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            for (int i = 0; i < SmallGraph.NODES; i++) {
                double[] expected = slow(graph, separate, 3, i);
                for (int c = 0; c < 2; c++) {
                    assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[c], within(1e-4));
                }
            }
        }
    }

    private static double[] slow(SmallGraph graph, boolean separate, int layer, int i) {
        if (layer == 0) return graph.features(i);
        String name = "layer" + (layer - 1);
        boolean last = layer == 3;
        int heads = last ? 1 : HEADS;
        int width = last ? 2 : HIDDEN;
        double[] own = graph.times(slow(graph, separate, layer - 1, i), name);
        double[] out = new double[heads * width];
        for (int k = 0; k < heads; k++) {
            double sum = 0;
            for (int j : looped(i)) {
                if (separate && j == i) continue;
                double[] other = graph.times(slow(graph, separate, layer - 1, j), name);
                double score =
                        dot(graph, name + ".target", own, k, width) + dot(graph, name + ".source", other, k, width);
                double weight = Math.exp(score > 0 ? score : 0.2 * score);
                sum += weight;
                for (int c = 0; c < width; c++) out[k * width + c] += weight * other[k * width + c];
            }
            for (int c = 0; c < width && sum > 0; c++) out[k * width + c] /= sum;
        }
        if (separate) out = SmallGraph.add(out, 1, graph.times(slow(graph, true, layer - 1, i), name + ".self"));
        out = graph.bias(out, name);
        return last
                ? out
                : Arrays.stream(out).map(x -> x > 0 ? x : Math.expm1(x)).toArray();
    }

    private static double dot(SmallGraph graph, String name, double[] z, int head, int width) {
        Matrix a = graph.weights.parameters().get(name + ".column").value();
        double sum = 0;
        for (int c = head * width; c < (head + 1) * width; c++) sum += z[c] * a.get(c, 0);
        return sum;
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Gat model = Options.read(Gat.class, Map.of("heads", "4", "hidden", "4"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.7);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }
}
