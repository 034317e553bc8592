package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardGnnTest {
    private static final int CLASSES = 2;
    private static final int[] KNOWN = {0, -1, 1, 1, -1, -1};

    private static ForwardGnn method(String... options) {
        Map<String, String> all = new HashMap<>(Map.of("hidden", "4", "dropout", "0"));
        for (int i = 0; i < options.length; i += 2) all.put(options[i], options[i + 1]);
        return Options.read(ForwardGnn.class, all);
    }

    private static LabelProblem problem(SmallGraph graph) {
        int[] held = new int[NODES];
        Arrays.fill(held, LabelProblem.UNKNOWN);
        return new LabelProblem(SmallGraph.edges(), CLASSES, KNOWN, held, graph.features(), null);
    }

    /// The sources of a node in the graph with a virtual node per class, itself once.
    private static List<Integer> looped(int node) {
        if (node >= NODES) {
            List<Integer> sources = new ArrayList<>(List.of(node));
            IntStream.range(0, NODES).filter(i -> KNOWN[i] == node - NODES).forEach(sources::add);
            return sources;
        }
        List<Integer> sources = SmallGraph.looped(node);
        if (KNOWN[node] >= 0) sources.add(NODES + KNOWN[node]);
        return sources;
    }

    /// What a layer of a GCN says, read one node at a time, and what it hands on.
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.25})
    void aLayerAgreesWithTheEquationsReadOneNodeAtATime(double temperature) {
        ForwardGnn method = method("temperature", "" + temperature);
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2)) {
            VirtualNodes with = VirtualNodes.of(problem(graph));
            try (Matrix input = (Matrix) with.features(graph.features(), memory, 3);
                    LocalLayer layer = new LocalLayer(method, with, input, provider, memory, 5);
                    Matrix handed = layer.outputs()) {
                double[][] h = slow(input, layer);
                float[] said = layer.probabilities();
                for (int i = 0; i < NODES; i++) {
                    double own = dot(h[i], h[NODES]) / temperature;
                    double other = dot(h[i], h[NODES + 1]) / temperature;
                    assertThat((double) said[2 * i + 1])
                            .as("node %d", i)
                            .isCloseTo(SlowMath.sigmoid(other - own), within(1e-5));
                }
                for (int i = 0; i < h.length; i++) {
                    double length = Math.sqrt(dot(h[i], h[i]));
                    for (int c = 0; c < h[i].length; c++) {
                        assertThat((double) handed.get(i, c))
                                .isCloseTo(length == 0 ? 0 : h[i][c] / length, within(1e-5));
                    }
                }
            }
        }
    }

    private static double[][] slow(Matrix x, LocalLayer layer) {
        Matrix weight = layer.parameter("layer0.weight").value();
        double[][] h = new double[NODES + CLASSES][weight.cols()];
        for (int i = 0; i < h.length; i++) {
            for (int j : looped(i)) {
                double by = 1 / Math.sqrt((double) looped(i).size() * looped(j).size());
                for (int c = 0; c < weight.cols(); c++) {
                    for (int k = 0; k < x.cols(); k++) h[i][c] += by * x.get(j, k) * weight.get(k, c);
                }
            }
            for (int c = 0; c < weight.cols(); c++) {
                h[i][c] = Math.max(
                        0, h[i][c] + layer.parameter("layer0.bias").value().get(0, c));
            }
        }
        return h;
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(c -> a[c] * b[c]).sum();
    }

    @Test
    void aLayerDescendsOnItsOwnLoss() {
        ForwardGnn method = method("hidden", "16", "l2", "0", "epochs", "200", "rate", "0.05");
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2)) {
            VirtualNodes with = VirtualNodes.of(problem(graph));
            try (StoredMatrix input = with.features(graph.features(), memory, 3);
                    LocalLayer layer = new LocalLayer(method, with, input, provider, memory, 5)) {
                double before = loss(layer.probabilities());
                layer.learn(new float[NODES * CLASSES]);
                assertThat(loss(layer.probabilities())).isLessThan(0.7 * before);
            }
        }
    }

    private static double loss(float[] said) {
        return IntStream.range(0, NODES)
                .filter(i -> KNOWN[i] >= 0)
                .mapToDouble(i -> -Math.log(said[i * CLASSES + KNOWN[i]]))
                .average()
                .orElseThrow();
    }

    @Test
    void virtualNodesAreLinkedToWhatIsKnown() {
        try (SmallGraph graph = new SmallGraph()) {
            LayerEdges edges = VirtualNodes.of(problem(graph)).edges();
            for (int i = 0; i < NODES + CLASSES; i++) {
                List<Integer> got = Arrays.stream(
                                edges.looped().indices(),
                                edges.looped().offsets()[i],
                                edges.looped().offsets()[i + 1])
                        .boxed()
                        .toList();
                assertThat(got).containsExactlyInAnyOrderElementsOf(looped(i));
                assertThat(edges.degree(i)).isEqualTo(looped(i).size() - 1);
            }
        }
    }

    @Test
    void featuresStoredSparseGiveTheSame() {
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                SparseMatrix sparse = SparseMatrix.of(memory, Purpose.FEATURES, graph.features())) {
            LabelProblem dense = problem(graph);
            LabelProblem other = new LabelProblem(dense.edges(), CLASSES, KNOWN, dense.held(), sparse, null);
            ForwardGnn method = method("epochs", "5");
            assertThat(method.answer(other, provider, memory, 1))
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(method.answer(dense, provider, memory, 1));
        }
    }

    @Test
    void withoutFeaturesOrLabelsThereIsNothingToLearn() {
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1)) {
            LabelProblem problem = problem(graph);
            int[] none = problem.held();
            LabelProblem bare = new LabelProblem(problem.edges(), CLASSES, KNOWN, none, null, null);
            LabelProblem untold = new LabelProblem(problem.edges(), CLASSES, none, none, graph.features(), null);
            assertThatThrownBy(() -> method().answer(bare, provider, memory, 1)).hasMessageContaining("features");
            assertThatThrownBy(() -> method().answer(untold, provider, memory, 1))
                    .hasMessageContaining("label");
        }
    }

    /// Without an error that goes back through layers, nothing of one layer is kept for another: of activations and,
    /// beside the rows that one layer hands to the next, of anything.
    @Test
    void theActivationsOfOneLayerAreHeldHoweverManyThereAre() {
        long[] three = peaks(3);
        assertThat(peaks(8)).isEqualTo(three);
        assertThat(peaks(2)[0]).isEqualTo(three[0]).isPositive();
        assertThat(backPropagated(8)).isGreaterThan(backPropagated(3) * 3 / 2);
    }

    /// The most bytes of activations, and the most of all, while so many layers learn.
    private static long[] peaks(int layers) {
        ForwardGnn method = method("hidden", "16", "layers", "" + layers, "epochs", "2", "dropout", "0.5");
        try (Memory data = Memory.unlimited();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                PlantedCommunities graph = new PlantedCommunities(data, 0.8)) {
            method.answer(graph.problem(PlantedCommunities.LABELLED, null), provider, memory, 1);
            return new long[] {memory.peak(Purpose.ACTIVATIONS), memory.peak()};
        }
    }

    /// The most bytes of activations where errors do go back.
    private static long backPropagated(int layers) {
        Gcn model = Options.read(Gcn.class, Map.of("hidden", "16", "layers", "" + layers));
        try (Memory data = Memory.unlimited();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                PlantedCommunities graph = new PlantedCommunities(data, 0.8)) {
            graph.predicted(model, provider, memory).close();
            return memory.peak(Purpose.ACTIVATIONS);
        }
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        ForwardGnn method = method("hidden", "16", "epochs", "60", "dropout", "0.2");
        assertThat(LabelTrial.planted(method, PlantedCommunities.LABELLED, 0.8)).isGreaterThan(0.75);
        assertThat(LabelTrial.planted(method, PlantedCommunities.LABELLED, 1 / 3.0))
                .isLessThan(0.55);
    }
}
