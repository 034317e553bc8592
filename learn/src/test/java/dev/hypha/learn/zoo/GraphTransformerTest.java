package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class GraphTransformerTest {
    private static final int HEADS = 3;
    private static final int HIDDEN = 2;

    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        GraphTransformer model = Options.read(GraphTransformer.class, Map.of("heads", "3", "hidden", "2"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] hidden = layer(graph, SlowMath.features(graph), "layer0", HEADS, HIDDEN);
            hidden = SlowMath.each(hidden, SmallGraph::relu);
            SlowMath.assertClose(logits, layer(graph, hidden, "layer1", 1, 2));
        }
    }

    private static double[][] layer(SmallGraph graph, double[][] h, String name, int heads, int width) {
        double[][] out = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            double[] message = attended(graph, h, name, i, heads, width);
            double[] own = SlowMath.linear(graph, h[i], name + ".own");
            double[] apart = SmallGraph.add(message, -1, own);
            double[] all = DoubleStream.concat(
                            DoubleStream.concat(Arrays.stream(message), Arrays.stream(own)), Arrays.stream(apart))
                    .toArray();
            double gate = SlowMath.sigmoid(graph.times(all, name + ".gate")[0]);
            double[] mixed = SmallGraph.add(new double[own.length], 1 - gate, message);
            out[i] = graph.bias(SmallGraph.add(mixed, gate, own), name);
        }
        return out;
    }

    private static double[] attended(SmallGraph graph, double[][] h, String name, int i, int heads, int width) {
        double[] query = SlowMath.linear(graph, h[i], name + ".query");
        double[] out = new double[heads * width];
        for (int k = 0; k < heads; k++) {
            List<Double> scores = new ArrayList<>();
            for (int j : INTO[i]) {
                double[] key = graph.times(h[j], name + ".key");
                double dot = 0;
                for (int c = k * width; c < (k + 1) * width; c++) dot += query[c] * key[c];
                scores.add(dot / Math.sqrt(width));
            }
            double[] weights = SlowMath.softmax(scores);
            for (int e = 0; e < weights.length; e++) {
                double[] value = SlowMath.linear(graph, h[INTO[i][e]], name + ".value");
                for (int c = k * width; c < (k + 1) * width; c++) out[c] += weights[e] * value[c];
            }
        }
        return out;
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        GraphTransformer model = Options.read(GraphTransformer.class, Map.of("heads", "2", "hidden", "8"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.7);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }
}
