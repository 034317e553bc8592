package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.Weights;
import dev.hypha.learn.WholeGraph;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeLabels;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.node.NodeOptions;
import dev.hypha.learn.node.NodeOutcome;
import dev.hypha.learn.node.NodeTask;
import dev.hypha.learn.node.NodeTraining;
import dev.hypha.learn.node.Part;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MowstTest {
    private static final int CLASSES = 3;

    private static Mowst model(String... options) {
        Map<String, String> all = new HashMap<>(Map.of("hidden", "4", "dropout", "0"));
        for (int i = 0; i < options.length; i += 2) all.put(options[i], options[i + 1]);
        return Options.read(Mowst.class, all);
    }

    @ParameterizedTest
    @CsvSource({"variance, 1", "variance, 2", "entropy, 1", "learned, 1", "learned, 0.5"})
    void agreesWithTheEquationsReadOneNodeAtATime(String confidence, String power) {
        Mowst model = model("confidence", confidence, "power", power);
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, CLASSES);
            double[][] expected = SlowMath.each(
                    answers(graph, model),
                    row -> Arrays.stream(row).map(Math::log).toArray());
            SlowMath.assertClose(logits, expected);
        }
    }

    @Test
    void aSingleLogitIsThatOfTheSecondOfTwoClasses() {
        Mowst model = model();
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 1);
            double[][] expected = SlowMath.each(answers(graph, model), row -> new double[] {Math.log(row[1] / row[0])});
            SlowMath.assertClose(logits, expected);
        }
    }

    /// `k p + (1 - k) p'` for each node.
    private static double[][] answers(SmallGraph graph, Mowst model) {
        double[][] weak = weak(graph);
        double[][] strong = strong(graph);
        double[][] out = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            double k = confidence(graph, model, weak[i]);
            out[i] = new double[weak[i].length];
            for (int c = 0; c < out[i].length; c++) out[i][c] = k * weak[i][c] + (1 - k) * strong[i][c];
        }
        return out;
    }

    private static double[][] weak(SmallGraph graph) {
        double[][] hidden =
                SlowMath.each(SlowMath.linear(graph, SlowMath.features(graph), "weak/layer0"), SmallGraph::relu);
        return probabilities(SlowMath.linear(graph, hidden, "weak/layer1"));
    }

    private static double[][] strong(SmallGraph graph) {
        double[][] first =
                SlowMath.smoothed(SlowMath.each(SlowMath.features(graph), x -> graph.times(x, "strong/layer0")));
        double[][] hidden = SlowMath.each(first, x -> SmallGraph.relu(graph.bias(x, "strong/layer0")));
        double[][] second = SlowMath.smoothed(SlowMath.each(hidden, x -> graph.times(x, "strong/layer1")));
        return probabilities(SlowMath.each(second, x -> graph.bias(x, "strong/layer1")));
    }

    private static double[][] probabilities(double[][] logits) {
        return SlowMath.each(logits, row -> {
            List<Double> all = new ArrayList<>();
            if (row.length == 1) all.add(0.0);
            for (double x : row) all.add(x);
            return SlowMath.softmax(all);
        });
    }

    private static double confidence(SmallGraph graph, Mowst model, double[] p) {
        double mean = 1.0 / p.length;
        double variance = Arrays.stream(p).map(x -> (x - mean) * (x - mean)).sum();
        double largest = (1 - mean) * (1 - mean) + (p.length - 1) * mean * mean;
        double entropy = -Arrays.stream(p).map(x -> x * Math.log(x)).sum();
        double sureness = 1 - entropy / Math.log(p.length);
        double k = switch (model.confidence()) {
            case VARIANCE -> variance / largest;
            case ENTROPY -> sureness;
            case LEARNED -> {
                double[] both = {variance / largest, sureness};
                double[] hidden = SmallGraph.relu(SlowMath.linear(graph, both, "weak/gate.hidden"));
                yield SlowMath.sigmoid(SlowMath.linear(graph, hidden, "weak/gate")[0]);
            }
        };
        return Math.pow(k, model.power());
    }

    /// What is minimised, as the training says it of its first step.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLossIsThePapers(boolean joint) {
        Mowst model = model("joint", "" + joint);
        float[] labels = {0, 2, 1, 1, 0, 2};
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1)) {
            graph.logits(model, CLASSES);
            Trainer.Trained trained = trained(model, graph, labels, 1, "1e-9", provider, memory);
            graph.weights.parameters().copyFrom(trained.weights().parameters());
            trained.weights().close();
            double[][] weak = weak(graph);
            double[][] strong = strong(graph);
            double loss = 0;
            for (int i = 0; i < NODES; i++) {
                int y = (int) labels[i];
                double k = confidence(graph, model, weak[i]);
                loss -= joint
                        ? Math.log(k * weak[i][y] + (1 - k) * strong[i][y])
                        : k * Math.log(weak[i][y]) + (1 - k) * Math.log(strong[i][y]);
            }
            assertThat(trained.history().getFirst().loss()).isCloseTo(loss / NODES, within(1e-5));
        }
    }

    /// Trains on all nodes of the small graph.
    private static Trainer.Trained trained(
            NodeModel model,
            SmallGraph graph,
            float[] labels,
            int epochs,
            String rate,
            KernelProvider provider,
            Memory memory) {
        Training training = NodeOptions.training(
                Map.of("epochs", "" + epochs, "batch", "6", "rate", rate, "decay", "0.1", "l2", "0.1"));
        LayerEdges edges = SmallGraph.edges();
        Target target = Target.fit(TaskKind.MULTICLASS, CLASSES, new float[0]);
        int[] all = {0, 1, 2, 3, 4, 5};
        Trainer.Setup<NodeBatch> setup = new Trainer.Setup<>(
                model,
                training,
                target,
                Metric.ACCURACY,
                new WholeGraph(graph.features(), edges, model.layers(), all, labels),
                new WholeGraph(graph.features(), edges, model.layers(), new int[0], new float[0]),
                provider,
                memory);
        try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 3)) {
            return trainer.train();
        }
    }

    @Test
    void expertsLearnInTurns() {
        assertThat(changedIn(model("turn", "2"), 2)).containsExactly("weak");
        assertThat(changedIn(model("turn", "2"), 3)).containsExactly("strong");
        assertThat(changedIn(model("turn", "2"), 4)).containsExactly("strong");
        assertThat(changedIn(model("turn", "2"), 5)).containsExactly("weak");
        assertThat(changedIn(model("joint", "true"), 3)).containsExactlyInAnyOrder("weak", "strong");
    }

    /// The parts of which an epoch changes a parameter.
    private static List<String> changedIn(Mowst model, int epoch) {
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1)) {
            float[] labels = {0, 2, 1, 1, 0, 2};
            try (Weights before = trained(model, graph, labels, epoch - 1, "0.01", provider, memory)
                            .weights();
                    Weights after = trained(model, graph, labels, epoch, "0.01", provider, memory)
                            .weights()) {
                List<String> changed = new ArrayList<>();
                for (Parameter p : after.parameters()) {
                    float[] was = before.parameters().get(p.name()).value().toArray();
                    if (!Arrays.equals(was, p.value().toArray()))
                        changed.add(p.name().split("/", 2)[0]);
                }
                return changed.stream().distinct().toList();
            }
        }
    }

    /// Every second group of nodes has features that tell its class and edges that tell nothing; the others' features
    /// tell a little, and their neighbors' the rest.
    private static MadeUpGraph halves() {
        int nodes = 1000;
        int classes = 4;
        return new MadeUpGraph(
                nodes,
                classes,
                classes,
                8,
                (i, random) -> told(i, classes) || random.nextDouble() > 0.9
                        ? random.nextInt(nodes)
                        : i % classes + classes * (1 + 2 * random.nextInt(nodes / classes / 2)),
                (i, c, random) -> (c == i % classes ? told(i, classes) ? 2.5 : 0.5 : 0) + 0.7 * random.nextGaussian(),
                1);
    }

    private static boolean told(int node, int classes) {
        return node / classes % 2 == 0;
    }

    @Test
    void eachExpertAnswersForItsHalf() {
        MadeUpGraph made = halves();
        Map<String, String> options = Map.of("hidden", "16");
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                NodeData data = made.data(memory)) {
            Place place = new Place(provider, memory, Progress.SILENT);
            Mowst model = model("hidden", "16", "dropout", "0.5", "turn", "10");
            try (NodeOutcome mixed = run(made, data, model, place);
                    NodeOutcome star =
                            run(made, data, model("hidden", "16", "dropout", "0.5", "joint", "true"), place);
                    NodeOutcome strong = run(made, data, Options.read(Gcn.class, options), place);
                    NodeOutcome weak = run(made, data, Options.read(Mlp.class, options), place)) {
                double alone = Math.max(accuracy(strong), accuracy(weak));
                assertThat(accuracy(mixed)).isGreaterThan(alone + 0.02);
                assertThat(accuracy(star)).isGreaterThan(alone + 0.02);
                assertThatTrustFollows(made, data, model, mixed.weights(), place);
            }
        }
    }

    private static NodeOutcome run(MadeUpGraph made, NodeData data, NodeModel model, Place place) {
        Training training = NodeOptions.training(Map.of("epochs", "100", "patience", "0"));
        NodeTask task = new NodeTask(data, model, training, Options.defaults(NodeOptions.class));
        return NodeTraining.run(task, made.split(300), 0, place);
    }

    private static double accuracy(NodeOutcome outcome) {
        return outcome.metrics().get(Part.TEST).get("accuracy");
    }

    /// The weak expert is trusted where features tell.
    private static void assertThatTrustFollows(
            MadeUpGraph made, NodeData data, Mowst model, Weights weights, Place place) {
        double[] trust = new double[2];
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            Context own = new Context(tape, weights, made.classes(), false, 0).part("weak", made.classes());
            NodeBatch all = new NodeBatch(data.features(), null, List.of(), null, new float[0]);
            float[] of = model.trust(
                            own, LogProbabilities.of(own, new Mlp(model.hidden(), model.stack()).forward(own, all)))
                    .value()
                    .toArray();
            for (int i = 0; i < of.length; i++) trust[told(i, made.classes()) ? 1 : 0] += of[i] * 2 / of.length;
        }
        assertThat(trust[1]).isGreaterThan(trust[0] + 0.25);
    }

    @Test
    void tasksWithoutClassesAreRefused() {
        MadeUpGraph made = halves();
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                NodeData data = made.data(memory)) {
            NodeLabels numbers = new NodeLabels(TaskKind.REGRESSION, data.labels(), List.of());
            NodeData told = new NodeData(
                    "numbers",
                    data.arcs(),
                    false,
                    data.features(),
                    numbers,
                    data.nodeNames(),
                    List.of(),
                    "",
                    List.of());
            assertThatThrownBy(() -> run(made, told, model(), new Place(provider, memory, Progress.SILENT)))
                    .isInstanceOf(InputException.class)
                    .hasMessage("the model mowst cannot do a task that is regression");
        }
    }

    /// Also where rounding would have it below 0 or above 1: what is left for the strong expert is a probability.
    @ParameterizedTest
    @CsvSource({"variance, 1", "entropy, 1", "variance, 3", "entropy, 0.5"})
    void trustIsFromNoneToAll(String confidence, String power) {
        Mowst model = model("confidence", confidence, "power", power);
        SplittableRandom random = new SplittableRandom(1);
        float[] logits = new float[7 * 3000];
        for (int i = 0; i < logits.length; i++)
            logits[i] = (float) (random.nextGaussian() * (i / 7 % 2 == 0 ? 30 : 1e-4));
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Weights none = new Weights(memory, 0);
                Tape tape = new Tape(provider, workspace, false)) {
            Context c = new Context(tape, none, 7, false, 0);
            float[] trust = model.trust(c, LogProbabilities.of(c, tape.constant(3000, 7, logits)))
                    .value()
                    .toArray();
            for (float k : trust) assertThat(k).isBetween(0f, 1f);
        }
    }

    @Test
    void logarithmsOfLargeNumbersAreFinite() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, false)) {
            assertThat(LogSoftmax.of(tape.constant(2, 2, new float[] {1000, 0, -1000, -1000}))
                            .value()
                            .toArray())
                    .containsExactly(0, -1000, (float) -Math.log(2), (float) -Math.log(2));
        }
    }
}
