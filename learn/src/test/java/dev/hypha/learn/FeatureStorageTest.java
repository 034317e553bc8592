package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.EdgeList;
import dev.hypha.graph.Graph;
import dev.hypha.graph.sampling.UniformSampler;
import dev.hypha.learn.zoo.Gat;
import dev.hypha.learn.zoo.Gcn;
import dev.hypha.learn.zoo.Gin;
import dev.hypha.learn.zoo.GraphSage;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Models answer and learn the same however the features are stored, on whole graphs and on samples.
final class FeatureStorageTest {
    private static final int NODES = 40;
    private static final int WIDTH = 23;

    private final Memory memory = Memory.unlimited();

    @AfterEach
    void free() {
        memory.close();
    }

    /// Multiples of an eighth between -2 and 2, most of them 0; the first row and column are zeros. Every
    /// storage holds them exactly.
    private Matrix features() {
        SplittableRandom random = new SplittableRandom(4);
        Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, WIDTH);
        for (int i = 1; i < NODES; i++) {
            for (int c = 1; c < WIDTH; c++) {
                if (random.nextInt(6) == 0) features.set(i, c, random.nextInt(-16, 17) / 8f);
            }
        }
        return features;
    }

    private static Graph graph() {
        SplittableRandom random = new SplittableRandom(5);
        try (Graph.Builder builder = new Graph.Builder()) {
            int nodes = builder.nodes("nodes", NODES);
            EdgeList edges = builder.edges("edges", nodes, nodes);
            for (int e = 0; e < 4 * NODES; e++) edges.add(random.nextInt(NODES), random.nextInt(NODES));
            return builder.build();
        }
    }

    private static LayerEdges all(Graph graph) {
        int[] offsets = new int[NODES + 1];
        int[] degrees = new int[NODES];
        for (int i = 0; i < NODES; i++) {
            offsets[i + 1] = (int) graph.neighbors(0).end(i);
            degrees[i] = graph.neighbors(0).degree(i) - (graph.neighbors(0).contains(i, i) ? 1 : 0);
        }
        int[] sources = IntStream.range(0, offsets[NODES])
                .map(e -> graph.neighbors(0).source(e))
                .toArray();
        return new LayerEdges(new Csr(NODES, NODES, offsets, sources), degrees);
    }

    /// Logits, and after them the gradients of all parameters.
    private float[] pass(NodeModel model, NodeBatch batch) {
        try (KernelProvider provider = KernelProvider.choose(2);
                Workspace workspace = new Workspace(memory);
                Weights weights = new Weights(memory, 1);
                Tape tape = new Tape(provider, workspace, true)) {
            Tensor logits = model.forward(new Context(tape, weights, 2, false, 0), batch);
            float[] all = logits.value().toArray();
            logits.sigmoid().sum().backward();
            for (Parameter p : weights.parameters()) {
                float[] gradient = p.gradient().toArray();
                int before = all.length;
                all = Arrays.copyOf(all, before + gradient.length);
                System.arraycopy(gradient, 0, all, before, gradient.length);
            }
            return all;
        }
    }

    static Stream<Arguments> modelsAndStorages() {
        return Stream.of(Gcn.class, GraphSage.class, Gin.class, Gat.class)
                .flatMap(type -> Stream.of("4", "30")
                        .flatMap(hidden -> Arrays.stream(FeatureStorage.values())
                                .map(storage -> Arguments.of(type, hidden, storage))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("modelsAndStorages")
    void modelsDoNotSeeHowFeaturesAreStored(Class<? extends Record> type, String hidden, FeatureStorage storage) {
        NodeModel model = (NodeModel) Options.read(type, Map.of("hidden", hidden));
        Matrix dense = features();
        StoredMatrix stored = storage.of(memory, dense);
        int[] nodes = {7, 3, 3, 39, 0, 11};
        int[] rows = IntStream.range(0, nodes.length).toArray();
        try (Graph graph = graph()) {
            LayerEdges edges = all(graph);
            requireClose(
                    pass(model, new WholeGraph(dense, edges, 2, nodes, new float[0]).batch(rows, 0)),
                    pass(model, new WholeGraph(stored, edges, 2, nodes, new float[0]).batch(rows, 0)));
            UniformSampler sampler = new UniformSampler(3, 2);
            requireClose(
                    pass(
                            model,
                            new SampledGraph(dense, graph.neighbors(0), sampler, nodes, new float[0]).batch(rows, 6)),
                    pass(
                            model,
                            new SampledGraph(stored, graph.neighbors(0), sampler, nodes, new float[0]).batch(rows, 6)));
        }
    }

    private static void requireClose(float[] expected, float[] got) {
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).as("number " + i).isCloseTo(expected[i], within(1e-5f * (1 + Math.abs(expected[i]))));
        }
    }

    /// What an operation that needs a dense matrix reads.
    @ParameterizedTest
    @EnumSource
    void everyStorageCanBeReadAsADenseMatrix(FeatureStorage storage) {
        Matrix dense = features();
        try (KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, false)) {
            Tensor x = tape.constant(storage.of(memory, dense));
            assertThat(x.value().toArray()).isEqualTo(dense.toArray());
            int[] rows = {5, 0, 39, 5};
            assertThat(x.gather(rows).value().toArray())
                    .isEqualTo(tape.constant(dense).gather(rows).value().toArray());
            assertThat(x.sliceRows(3, 9).value().toArray())
                    .isEqualTo(tape.constant(dense).sliceRows(3, 9).value().toArray());
            assertThat(x.firstRows(4)
                            .times(tape.constant(dense.slice(0, WIDTH)))
                            .value()
                            .toArray())
                    .isEqualTo(tape.constant(dense)
                            .firstRows(4)
                            .times(tape.constant(dense.slice(0, WIDTH)))
                            .value()
                            .toArray());
        }
    }

    /// Zeros stay zeros; about a share p of the others becomes 0, and the rest is divided by 1 - p.
    @ParameterizedTest
    @EnumSource
    void dropoutKeepsItsMeaning(FeatureStorage storage) {
        Matrix dense = features();
        try (KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, false)) {
            Matrix dropped =
                    tape.constant(storage.of(memory, dense)).dropout(0.25f, 3).value();
            int filled = 0;
            int lost = 0;
            for (long i = 0; i < dense.size(); i++) {
                if (dense.at(i) == 0) {
                    assertThat(dropped.at(i)).isZero();
                    continue;
                }
                filled++;
                if (dropped.at(i) == 0) lost++;
                else assertThat(dropped.at(i)).isCloseTo(dense.at(i) / 0.75f, within(1e-5f));
            }
            double sd = Math.sqrt(0.25 * 0.75 / filled);
            assertThat((double) lost / filled).isCloseTo(0.25, within(5 * sd));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStorageBecomesEveryOther(FeatureStorage storage) {
        Matrix dense = features();
        StoredMatrix stored = storage.of(memory, dense);
        assertThat(FeatureStorage.of(stored)).isEqualTo(storage);
        assertThat(storage.of(memory, stored)).isSameAs(stored);
        for (FeatureStorage other : FeatureStorage.values()) {
            StoredMatrix again = FeatureStorage.FLOAT32.of(memory, other.of(memory, stored));
            assertThat(((Matrix) again).toArray()).isEqualTo(dense.toArray());
        }
    }

    @Test
    void sparseIsChosenBelowAQuarter() {
        Matrix dense = Matrix.of(memory, Purpose.FEATURES, 2, 8, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, -3, 0, 0, 0);
        assertThat(FeatureStorage.suiting(dense)).isEqualTo(FeatureStorage.SPARSE);
        dense.set(1, 7, 1);
        assertThat(FeatureStorage.suiting(dense)).isEqualTo(FeatureStorage.FLOAT32);
    }
}
