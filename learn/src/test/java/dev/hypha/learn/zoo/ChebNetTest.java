package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChebNetTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void agreesWithTheRecursionReadOneNodeAtATime(int degree) {
        ChebNet model = Options.read(ChebNet.class, Map.of("hidden", "4", "degree", "" + degree));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] hidden =
                    SlowMath.each(filtered(graph, SlowMath.features(graph), "layer0", degree), SmallGraph::relu);
            SlowMath.assertClose(logits, filtered(graph, hidden, "layer1", degree));
        }
    }

    private static double[][] filtered(SmallGraph graph, double[][] h, String name, int degree) {
        double[][] sum = null;
        for (int k = 0; k <= degree; k++) {
            String part = name + ".term" + k;
            double[][] mapped = SlowMath.each(term(h, k), row -> graph.times(row, part));
            sum = sum == null ? mapped : SlowMath.add(sum, 1, mapped);
        }
        return SlowMath.each(sum, row -> graph.bias(row, name));
    }

    /// T_k by its definition, from the start each time.
    private static double[][] term(double[][] h, int k) {
        if (k == 0) return h;
        if (k == 1) return SlowMath.scale(SlowMath.spread(h), -1);
        double[][] twice = SlowMath.scale(SlowMath.spread(term(h, k - 1)), -2);
        return SlowMath.add(twice, -1, term(h, k - 2));
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        ChebNet model = Options.read(ChebNet.class, Map.of("hidden", "16"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.8);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }
}
