package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GcnTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        Gcn model = Options.read(Gcn.class, Map.of("hidden", "5", "layers", "3"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            for (int i = 0; i < SmallGraph.NODES; i++) {
                double[] expected = slow(graph, 3, i);
                for (int c = 0; c < 2; c++) {
                    assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[c], within(1e-4));
                }
            }
        }
    }

    private static double[] slow(SmallGraph graph, int layer, int i) {
        if (layer == 0) return graph.features(i);
        String name = "layer" + (layer - 1);
        double[] sum = null;
        for (int j : looped(i)) {
            double weight = 1 / Math.sqrt((double) looped(i).size() * looped(j).size());
            double[] mapped = graph.times(slow(graph, layer - 1, j), name);
            sum = SmallGraph.add(sum == null ? new double[mapped.length] : sum, weight, mapped);
        }
        double[] out = graph.bias(sum, name);
        return layer == 3 ? out : SmallGraph.relu(out);
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Gcn model = Options.read(Gcn.class, Map.of("hidden", "16"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.85);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }
}
