package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TangnnTest {
    private static final int HIDDEN = 4;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void agreesWithTheEquationsReadOneNodeAtATime(int top) {
        Tangnn model = Options.read(Tangnn.class, Map.of("hidden", "" + HIDDEN, "top", Integer.toString(top)));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] hidden = SlowMath.each(layer(graph, top, SlowMath.features(graph), "layer0"), SmallGraph::relu);
            SlowMath.assertClose(logits, layer(graph, top, hidden, "layer1"));
        }
    }

    private static double[][] layer(SmallGraph graph, int top, double[][] h, String name) {
        double[][] z = SlowMath.linear(graph, h, name + ".read");
        double[] a = column(graph, name + ".auxiliary.column");
        List<Integer> ranked = new ArrayList<>(IntStream.range(0, NODES).boxed().toList());
        ranked.sort(Comparator.comparingDouble(j -> -cosine(z[j], a)));
        List<Integer> chosen = ranked.subList(0, Math.min(top, NODES));
        double[][] out = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            double[] query = graph.times(h[i], name + ".query");
            double[] weights = SlowMath.softmax(chosen.stream()
                    .map(j -> dot(query, graph.times(z[j], name + ".key")) / Math.sqrt(HIDDEN))
                    .toList());
            double[] mean = new double[h[i].length];
            for (int j : INTO[i]) mean = SmallGraph.add(mean, 1.0 / INTO[i].length, h[j]);
            double[] sum = SmallGraph.add(graph.times(h[i], name + ".self"), 1, graph.times(mean, name + ".neighbors"));
            for (int k = 0; k < weights.length; k++) {
                double[] one = z[chosen.get(k)];
                sum = SmallGraph.add(sum, weights[k] * cosine(one, a), graph.times(one, name + ".value"));
            }
            out[i] = graph.bias(sum, name);
        }
        return out;
    }

    private static double[] column(SmallGraph graph, String name) {
        Matrix values = graph.weights.parameters().get(name).value();
        return IntStream.range(0, values.rows()).mapToDouble(values::at).toArray();
    }

    private static double cosine(double[] x, double[] y) {
        double length = Math.sqrt(dot(x, x) * dot(y, y));
        return length == 0 ? 0 : dot(x, y) / length;
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(c -> x[c] * y[c]).sum();
    }

    /// Scores with many ties, of any number, against a sort.
    @Test
    void theLargestAreThoseOfASort() {
        SplittableRandom random = new SplittableRandom(9);
        try (Memory memory = Memory.unlimited()) {
            for (int trial = 0; trial < 200; trial++) {
                int rows = random.nextInt(40);
                int count = random.nextInt(rows + 1);
                try (Matrix scores = Matrix.of(memory, Purpose.WORKSPACE, rows, 1)) {
                    for (int i = 0; i < rows; i++) scores.put(i, random.nextInt(-5, 6));
                    int[] expected = IntStream.range(0, rows)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -scores.at(i)))
                            .limit(count)
                            .mapToInt(i -> i)
                            .sorted()
                            .toArray();
                    assertThat(TopRows.largest(scores, count))
                            .as("trial " + trial)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /// The paper's claim: what is far away is heard, if it is among the few that matter.
    @Test
    void hearsABeaconSixHopsAway() {
        Map<String, String> options = Map.of("hidden", "16", "dropout", "0");
        Map<String, String> few = Map.of("hidden", "16", "dropout", "0", "top", "3");
        double attending = Beacons.accuracy(Options.read(Tangnn.class, few), 10, "0.01");
        double local = Beacons.accuracy(Options.read(GraphSage.class, options), 10, "0.01");
        assertThat(attending).isGreaterThan(0.9).isGreaterThan(local + 0.1);
    }
}
