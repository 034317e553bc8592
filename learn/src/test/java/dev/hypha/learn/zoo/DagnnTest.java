package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DagnnTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        Dagnn model = Options.read(Dagnn.class, Map.of("hidden", "4", "hops", "3"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] h = SlowMath.mlp(graph);
            double[][] sum = weighed(graph, h);
            for (int k = 0; k < 3; k++) {
                h = SlowMath.smoothed(h);
                sum = SlowMath.add(sum, 1, weighed(graph, h));
            }
            SlowMath.assertClose(logits, sum);
        }
    }

    private static double[][] weighed(SmallGraph graph, double[][] h) {
        return SlowMath.each(h, row -> {
            double score = SlowMath.sigmoid(SlowMath.linear(graph, row, "retain")[0]);
            return SmallGraph.add(new double[row.length], score, row);
        });
    }

    /// What the paper is about: where a stack of convolutions has lost everything, it has not.
    @Test
    void manyHopsDoNotOversmooth() {
        Dagnn deep = Options.read(Dagnn.class, Map.of("hidden", "16", "hops", "32", "dropout", "0"));
        Gcn stacked = Options.read(Gcn.class, Map.of("hidden", "16", "layers", "16", "dropout", "0"));
        double kept = PlantedCommunities.accuracy(deep, 0.8, "0.05");
        assertThat(kept).isGreaterThan(0.6);
        assertThat(PlantedCommunities.accuracy(stacked, 0.8, "0.05")).isLessThan(0.4);
    }
}
