package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SirGcnTest {
    @ParameterizedTest
    @CsvSource({"sum, 1", "mean, 1", "symmetric, 1", "sum, 3"})
    void agreesWithTheEquationReadOneNodeAtATime(String aggregation, int depth) {
        SirGcn model = Options.read(
                SirGcn.class, Map.of("hidden", "4", "aggregation", aggregation, "depth", Integer.toString(depth)));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] hidden =
                    SlowMath.each(layer(graph, model, SlowMath.features(graph), "layer0"), SmallGraph::relu);
            SlowMath.assertClose(logits, layer(graph, model, hidden, "layer1"));
        }
    }

    private static double[][] layer(SmallGraph graph, SirGcn model, double[][] h, String name) {
        double[][] out = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            double[] sum = new double[model.hidden()];
            for (int j : INTO[i]) sum = SmallGraph.add(sum, factor(model, i, j), message(graph, model, h, name, i, j));
            out[i] = graph.bias(graph.times(sum, name + ".relation"), name);
        }
        return out;
    }

    private static double[] message(SmallGraph graph, SirGcn model, double[][] h, String name, int i, int j) {
        double[] query = SlowMath.linear(graph, h[i], name + ".query");
        double[] message = SmallGraph.relu(SmallGraph.add(query, 1, graph.times(h[j], name + ".key")));
        for (int k = 1; k < model.depth(); k++) {
            message = SmallGraph.relu(SlowMath.linear(graph, message, name + ".message" + k));
        }
        return message;
    }

    /// Degrees are those without loops, and at least 1.
    private static double factor(SirGcn model, int i, int j) {
        return switch (model.aggregation()) {
            case SUM -> 1;
            case MEAN -> 1.0 / INTO[i].length;
            case SYMMETRIC -> {
                double into = Math.max(1, looped(i).size() - 1);
                yield 1 / Math.sqrt(into * Math.max(1, looped(j).size() - 1));
            }
        };
    }

    /// The paper's claim: a message of two nodes can compare them, which sums of what one of them says cannot, nor
    /// weights that rank all neighbors the same for everybody.
    @Test
    void looksUpWhatGcnAndGatCannot() {
        Map<String, String> options = Map.of("hidden", "40", "depth", "2", "layers", "1");
        Dictionaries five = new Dictionaries(5, 100);
        assertThat(five.accuracy(Options.read(SirGcn.class, options), 150, "0.03"))
                .isGreaterThanOrEqualTo(0.99);
        Map<String, String> one = Map.of("layers", "1");
        assertThat(five.accuracy(Options.read(Gcn.class, one), 150, "0.03")).isLessThan(0.6);
        assertThat(five.accuracy(Options.read(Gat.class, one), 150, "0.03")).isLessThan(0.6);
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        SirGcn model = Options.read(SirGcn.class, Map.of("hidden", "16", "aggregation", "mean"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.65);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.5);
    }
}
