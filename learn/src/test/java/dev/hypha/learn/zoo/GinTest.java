package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GinTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        // Narrower and wider than the features: both orders of mapping and aggregating.
        for (String hidden : new String[] {"2", "5"}) {
            Gin model = Options.read(Gin.class, Map.of("hidden", hidden, "layers", "3", "epsilon", "0.25"));
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
    }

    private static double[] slow(SmallGraph graph, int layer, int i) {
        if (layer == 0) return graph.features(i);
        String name = "layer" + (layer - 1);
        double[] own = slow(graph, layer - 1, i);
        double[] sum = SmallGraph.add(new double[own.length], 1.25, own);
        for (int j : INTO[i]) sum = SmallGraph.add(sum, 1, slow(graph, layer - 1, j));
        double[] inner = SmallGraph.relu(graph.bias(graph.times(sum, name + ".in"), name + ".in"));
        double[] out = graph.bias(graph.times(inner, name), name);
        return layer == 3 ? out : SmallGraph.relu(out);
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Gin model = Options.read(Gin.class, Map.of("hidden", "16"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.85);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }
}
