package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GraphSageTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        // Narrower and wider than the features: both orders of mapping and aggregating.
        for (String hidden : new String[] {"2", "5"}) {
            GraphSage model = Options.read(GraphSage.class, Map.of("hidden", hidden, "layers", "3"));
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
        double[] mean = new double[own.length];
        for (int j : INTO[i]) mean = SmallGraph.add(mean, 1.0 / INTO[i].length, slow(graph, layer - 1, j));
        double[] self = graph.bias(graph.times(own, name + ".self"), name);
        double[] out = SmallGraph.add(self, 1, graph.times(mean, name + ".neighbors"));
        return layer == 3 ? out : SmallGraph.relu(out);
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        GraphSage model = Options.read(GraphSage.class, Map.of("hidden", "16"));
        // Less than others: a map of their own lets it also learn by heart the noise of the nodes' own features.
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.65);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.5);
    }
}
