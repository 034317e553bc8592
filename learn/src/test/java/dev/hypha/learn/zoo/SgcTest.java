package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SgcTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        // Fewer outputs than features and more: both orders of mapping and propagating.
        for (int outputs : new int[] {2, 5}) {
            Sgc model = new Sgc(3);
            try (SmallGraph graph = new SmallGraph()) {
                float[][] logits = graph.logits(model, outputs);
                for (int i = 0; i < SmallGraph.NODES; i++) {
                    double[] expected = graph.bias(graph.times(smoothed(graph, 3, i), "classify"), "classify");
                    for (int c = 0; c < outputs; c++) {
                        assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[c], within(1e-4));
                    }
                }
            }
        }
    }

    private static double[] smoothed(SmallGraph graph, int hops, int i) {
        if (hops == 0) return graph.features(i);
        double[] sum = new double[3];
        for (int j : looped(i)) {
            double weight = 1 / Math.sqrt((double) looped(i).size() * looped(j).size());
            sum = SmallGraph.add(sum, weight, smoothed(graph, hops - 1, j));
        }
        return sum;
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Sgc model = Options.read(Sgc.class, Map.of());
        assertThat(PlantedCommunities.accuracy(model, 0.8, "0.2")).isGreaterThan(0.85);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0, "0.2")).isLessThan(0.6);
    }
}
