package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MlpTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        Mlp model = Options.read(Mlp.class, Map.of("hidden", "5", "layers", "3"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            for (int i = 0; i < SmallGraph.NODES; i++) {
                double[] h = graph.features(i);
                for (int l = 0; l < 3; l++) {
                    h = graph.bias(graph.times(h, "layer" + l), "layer" + l);
                    if (l < 2) h = SmallGraph.relu(h);
                }
                for (int c = 0; c < 2; c++) assertThat((double) logits[i][c]).isCloseTo(h[c], within(1e-5));
            }
        }
    }

    @Test
    void edgesSayNothingToIt() {
        Mlp model = Options.defaults(Mlp.class);
        double linked = PlantedCommunities.accuracy(model, 0.8);
        assertThat(linked).isLessThan(0.7).isGreaterThan(0.4);
    }
}
