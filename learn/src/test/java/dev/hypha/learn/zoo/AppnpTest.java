package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AppnpTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        Appnp model = Options.read(Appnp.class, Map.of("hidden", "4", "hops", "3", "teleport", "0.2"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] own = SlowMath.mlp(graph);
            double[][] z = own;
            for (int k = 0; k < 3; k++) {
                z = SlowMath.add(SlowMath.scale(SlowMath.smoothed(z), 0.8), 0.2, own);
            }
            SlowMath.assertClose(logits, z);
        }
    }

    /// The limit that the paper gives the method its name for: (I - (1 - alpha) S)^-1 alpha H.
    @Test
    void manyHopsReachPersonalisedPageRank() {
        Appnp model = Options.read(Appnp.class, Map.of("hidden", "4", "hops", "200", "teleport", "0.1"));
        try (SmallGraph graph = new SmallGraph()) {
            double[][] z = widened(graph.logits(model, 2));
            double[][] left = SlowMath.add(z, -0.9, SlowMath.smoothed(z));
            double[][] right = SlowMath.scale(SlowMath.mlp(graph), 0.1);
            for (int i = 0; i < z.length; i++) {
                assertThat(left[i]).usingComparatorWithPrecision(1e-4).containsExactly(right[i]);
            }
        }
    }

    private static double[][] widened(float[][] rows) {
        double[][] out = new double[rows.length][rows[0].length];
        for (int i = 0; i < rows.length; i++) for (int c = 0; c < rows[i].length; c++) out[i][c] = rows[i][c];
        return out;
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Appnp model = Options.read(Appnp.class, Map.of("hidden", "16", "dropout", "0", "edge-dropout", "0.5"));
        double alone = PlantedCommunities.accuracy(Options.read(Mlp.class, Map.of("hidden", "16")), 0.8, "0.05");
        assertThat(PlantedCommunities.accuracy(model, 0.8, "0.05")).isGreaterThan(alone + 0.1);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0, "0.05")).isLessThan(0.6);
    }
}
