package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.generating.Draws;
import dev.hypha.learn.Context;
import dev.hypha.learn.Epoch;
import dev.hypha.learn.Keys;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.node.NodeOptions;
import dev.hypha.learn.node.NodeOutcome;
import dev.hypha.learn.node.NodeTask;
import dev.hypha.learn.node.NodeTraining;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LagnnTest {
    private static final int CLASSES = 3;

    private static Lagnn model(String... options) {
        Map<String, String> all =
                new HashMap<>(Map.of("hidden", "4", "dropout", "0", "latent", "2", "generator-hidden", "5"));
        for (int i = 0; i < options.length; i += 2) all.put(options[i], options[i + 1]);
        return Options.read(Lagnn.class, all);
    }

    /// Features from 0 to 1, which either likelihood can have.
    private static SmallGraph graph() {
        SmallGraph graph = new SmallGraph();
        for (long i = 0; i < graph.features().size(); i++) {
            graph.features().put(i, Math.abs(graph.features().at(i)));
        }
        return graph;
    }

    /// Training draws as its key says; answers are for zeros, which takes the weights of one pass that drew.
    @ParameterizedTest
    @CsvSource({"normal, 1", "normal, 2", "bernoulli, 1", "bernoulli, 2"})
    void agreesWithTheEquationsReadOneNodeAtATime(String likelihood, int generated) {
        Lagnn model = model("likelihood", likelihood, "generated", "" + generated, "samples", "2");
        try (SmallGraph graph = graph()) {
            training(graph, model, 7);
            float[][] logits = graph.logits(model, CLASSES);
            double[][] zeros = new double[NODES][2];
            SlowMath.assertClose(logits, slow(graph, model, x -> zeros));

            double[][] mean = new double[NODES][CLASSES];
            for (int s = 0; s < 2; s++) {
                int sample = s;
                double[][] p = SlowMath.each(
                        slow(graph, model, k -> drawn(7, sample * generated + k)),
                        row -> SlowMath.softmax(Arrays.stream(row).boxed().toList()));
                mean = SlowMath.add(
                        mean,
                        0.5,
                        SlowMath.each(
                                p, row -> Arrays.stream(row).map(Math::log).toArray()));
            }
            SlowMath.assertClose(training(graph, model, 7), mean);
        }
    }

    /// The numbers of a draw.
    private static double[][] drawn(long key, int draw) {
        long own = Keys.split(Keys.split(key, "generator"), draw);
        double[][] z = new double[NODES][2];
        for (int i = 0; i < NODES; i++) for (int l = 0; l < 2; l++) z[i][l] = Draws.normal(own, 2L * i + l);
        return z;
    }

    private static float[][] training(SmallGraph graph, Lagnn model, long key) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, true)) {
            float[] said = model.forward(new Context(tape, graph.weights, CLASSES, true, key), graph.whole(model))
                    .value()
                    .toArray();
            return IntStream.range(0, NODES)
                    .mapToObj(i -> Arrays.copyOfRange(said, i * CLASSES, (i + 1) * CLASSES))
                    .toArray(float[][]::new);
        }
    }

    private interface Latent {
        double[][] of(int k);
    }

    private static double[][] slow(SmallGraph graph, Lagnn model, Latent latent) {
        boolean words = model.generator().likelihood() == NeighborGenerator.Likelihood.BERNOULLI;
        double[][] hidden = SlowMath.smoothed(mapped(graph, SlowMath.features(graph), "layer0", words));
        for (int k = 0; k < model.generated(); k++) {
            double[][] drawn = generated(graph, latent.of(k), words);
            double[][] more = SlowMath.smoothed(mapped(graph, drawn, "layer0.generated" + k, words));
            double[][] so = hidden;
            hidden = new double[NODES][];
            for (int i = 0; i < NODES; i++) {
                hidden[i] = Arrays.copyOf(so[i], so[i].length + more[i].length);
                System.arraycopy(more[i], 0, hidden[i], so[i].length, more[i].length);
            }
        }
        double[][] first = SlowMath.each(hidden, row -> SmallGraph.relu(graph.bias(row, "layer0")));
        double[][] second = SlowMath.smoothed(SlowMath.each(first, row -> graph.times(row, "layer1")));
        return SlowMath.each(second, row -> graph.bias(row, "layer1"));
    }

    private static double[][] mapped(SmallGraph graph, double[][] x, String name, boolean words) {
        return SlowMath.each(x, row -> {
            double sum = words ? Arrays.stream(row).sum() : 1;
            return graph.times(Arrays.stream(row).map(v -> v / sum).toArray(), name);
        });
    }

    private static double[][] generated(SmallGraph graph, double[][] z, boolean words) {
        double[][] out = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            double[] sum = SmallGraph.add(
                    graph.times(z[i], "generator/decoder.latent"),
                    1,
                    graph.times(graph.features(i), "generator/decoder.own"));
            double[] inner = SmallGraph.relu(graph.bias(sum, "generator/decoder"));
            double[] said = SlowMath.linear(graph, inner, "generator/features");
            out[i] = words ? Arrays.stream(said).map(SlowMath::sigmoid).toArray() : said;
        }
        return out;
    }

    /// Words of four topics, of which a node has some of its own; few nodes are known, few links there are.
    private static MadeUpGraph topics() {
        int nodes = 800;
        int topics = 4;
        return new MadeUpGraph(
                nodes,
                topics,
                120,
                1,
                (i, random) -> random.nextDouble() > 0.85
                        ? random.nextInt(nodes)
                        : i % topics + topics * random.nextInt(nodes / topics),
                (i, word, random) -> random.nextDouble() < (word % topics == i % topics ? 0.06 : 0.01) ? 1 : 0,
                1);
    }

    private static NodeOutcome run(NodeData data, Split split, NodeModel model, Place place) {
        NodeTask task = new NodeTask(
                data,
                model,
                NodeOptions.training(Map.of("epochs", "150", "patience", "0")),
                Options.defaults(NodeOptions.class));
        return NodeTraining.run(task, split, 0, place);
    }

    /// The first loss grows with what consistency counts, evenly.
    @Test
    void samplesAreToAgree() {
        MadeUpGraph made = topics();
        double[] losses = new double[3];
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                NodeData data = made.data(memory)) {
            Place place = new Place(provider, memory, Progress.SILENT);
            for (int i = 0; i < 3; i++) {
                Lagnn model = model("consistency", "" + i, "generator-steps", "1", "samples", "2");
                NodeTask task = new NodeTask(
                        data, model, NodeOptions.training(Map.of("epochs", "1")), Options.defaults(NodeOptions.class));
                try (NodeOutcome outcome = NodeTraining.run(task, made.split(20), 0, place)) {
                    losses[i] =
                            outcome.history().stream().mapToDouble(Epoch::loss).sum();
                }
            }
        }
        assertThat(losses[1]).isGreaterThan(losses[0] + 1e-3);
        assertThat(losses[2] - losses[0]).isCloseTo(2 * (losses[1] - losses[0]), within(1e-5));
    }

    /// What the paper claims: generated features help where neighbors are few, and elsewhere.
    @Test
    void isBetterThanTheSameNetworkWithoutIt() {
        MadeUpGraph made = topics();
        Split split = made.split(20);
        Lagnn augmented = model(
                "hidden",
                "8",
                "dropout",
                "0.5",
                "input-dropout",
                "0.5",
                "likelihood",
                "bernoulli",
                "generator-hidden",
                "32",
                "generator-steps",
                "800",
                "latent",
                "4");
        Gcn same = Options.read(Gcn.class, Map.of("hidden", "16", "input-dropout", "0.5"));
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                NodeData data = made.data(memory)) {
            Place place = new Place(provider, memory, Progress.SILENT);
            try (NodeOutcome with = run(data, split, augmented, place);
                    NodeOutcome without = run(data, split, same, place)) {
                double few = right(data, split, with, true) - right(data, split, without, true);
                double many = right(data, split, with, false) - right(data, split, without, false);
                assertThat(few).isGreaterThan(0.05);
                assertThat(many).isGreaterThan(0.03);
            }
        }
    }

    /// Share of test nodes answered right, of those with at most two neighbors or of the others.
    private static double right(NodeData data, Split split, NodeOutcome outcome, boolean few) {
        return Arrays.stream(split.test())
                .filter(i -> data.edges().degree(i) <= 2 == few)
                .map(i -> LabelFitting.likeliest(outcome.predicted(), i, 4) == (int) data.labels()[i] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @Test
    void doesWhatHasClasses() {
        assertThat(model().does(TaskKind.MULTICLASS)).isTrue();
        assertThat(model().does(TaskKind.BINARY)).isTrue();
        assertThat(model().does(TaskKind.REGRESSION)).isFalse();
        assertThat(model().does(TaskKind.MULTILABEL)).isFalse();
    }
}
