package dev.hypha.learn.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The check of NetInfoF: on generated graphs the probe names where the labels can be read, and advises
/// accordingly.
final class ProbeTest {
    private static final long SEEDS = 4;

    private static Probe probe(Scenario scenario, long seed, int threads, UnaryOperator<Split> change) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(threads);
                NodeData data = scenario.data(memory, seed)) {
            Place place = new Place(provider, memory, Progress.SILENT);
            return Probe.of(data, change.apply(data.splits().getFirst()), seed, place);
        }
    }

    private static Probe probe(Scenario scenario, long seed) {
        return probe(scenario, seed, 2, UnaryOperator.identity());
    }

    @ParameterizedTest
    @EnumSource
    void namesTheRightSource(Scenario scenario) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Probe probe = probe(scenario, seed);
            String what = scenario + ", seed " + seed + ": " + probe;
            assertThat(probe.value("structure-informative")).as(what).isEqualTo(scenario.structure ? 1 : 0);
            assertThat(probe.value("features-informative")).as(what).isEqualTo(scenario.features ? 1 : 0);
            assertThat(advised(scenario)).as(what).contains(probe.advice().model());
        }
    }

    private static List<String> advised(Scenario scenario) {
        return switch (scenario) {
            case NEITHER, FEATURES -> List.of("mlp");
            case STRUCTURE -> List.of("label-spreading");
            case OPPOSITES -> List.of("fe-gnn");
            case BOTH -> List.of("appnp", "gcn");
            case OPPOSITES_AND_FEATURES -> List.of("graph-sage", "gcn");
        };
    }

    @Test
    void theSameSeedGivesTheSameFindingsOnAnyNumberOfThreads() {
        Probe one = probe(Scenario.BOTH, 3, 1, UnaryOperator.identity());
        assertThat(probe(Scenario.BOTH, 3, 4, UnaryOperator.identity())).isEqualTo(one);
        assertThat(probe(Scenario.BOTH, 3, 2, UnaryOperator.identity())).isEqualTo(one);
    }

    @Test
    void labelsOfTestNodesAreNotLookedAt() {
        Probe before = probe(Scenario.BOTH, 1);
        Probe planted = changed(1, (data, labels) -> {
            for (int node : data.splits().getFirst().test()) labels[node] = (labels[node] + 1) % Scenario.CLASSES;
        });
        Probe unknown = changed(1, (data, labels) -> {
            for (int node : data.splits().getFirst().test()) labels[node] = Float.NaN;
        });
        assertThat(planted).isEqualTo(before);
        assertThat(unknown).isEqualTo(before);
        Probe validation = changed(1, (data, labels) -> {
            for (int node : data.splits().getFirst().validation()) labels[node] = 0;
        });
        assertThat(validation).isNotEqualTo(before);
    }

    private static Probe changed(long seed, BiConsumer<NodeData, float[]> change) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                NodeData data = Scenario.BOTH.data(memory, seed)) {
            change.accept(data, data.labels());
            return Probe.of(data, data.splits().getFirst(), seed, new Place(provider, memory, Progress.SILENT));
        }
    }

    @Test
    void copiesAcrossTheSplitAreCounted() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1)) {
            // A star around each of two hubs: leaves with the features of their hub's other leaves are copies.
            float[] labels = new float[40];
            long[] pairs = new long[38];
            labels[1] = 1;
            Matrix features = Matrix.of(memory, Purpose.FEATURES, 40, 2);
            for (int i = 2; i < 40; i++) {
                labels[i] = i % 2;
                pairs[i - 2] = Arcs.pair(i % 2, i);
                features.set(i, 0, i);
            }
            features.set(30, 0, 4);
            Arrays.sort(pairs);
            try (NodeData data = Scenario.data(memory, labels, pairs, features)) {
                Place place = new Place(provider, memory, Progress.SILENT);
                Probe probe = Probe.of(data, data.splits().getFirst(), 0, place);
                assertThat(probe.value("duplicates")).isEqualTo(2);
                assertThat(probe.value("duplicates-leaking")).isEqualTo(1);
                assertThat(probe.value("components")).isEqualTo(2);
                assertThat(probe.value("degree-max")).isEqualTo(19);
                assertThat(probe.value("homophily-edge")).isEqualTo(1);
            }
        }
    }

    /// Features around three centers; each node hears from two of the class before its own and is heard
    /// by those after it, so that without directions both look the same.
    @Test
    void directionsThatTellClassesApartAreKept() {
        int nodes = 600;
        SplittableRandom random = new SplittableRandom(2);
        float[] labels = new float[nodes];
        for (int i = 0; i < nodes; i++) labels[i] = random.nextInt(3);
        long[] arcs = LongStream.generate(() -> {
                    int u = random.nextInt(nodes);
                    int v = random.nextInt(nodes);
                    while (labels[v] != (labels[u] + 1) % 3) v = random.nextInt(nodes);
                    return Arcs.pair(u, v);
                })
                .limit(4L * nodes)
                .sorted()
                .distinct()
                .toArray();
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2)) {
            Matrix features = Matrix.of(memory, Purpose.FEATURES, nodes, 20);
            for (int i = 0; i < nodes; i++) {
                for (int j = 0; j < 20; j++) {
                    features.set(i, j, (float) (random.nextGaussian() + (j % 3 == labels[i] ? 0.3 : 0)));
                }
            }
            NodeData shape = Scenario.data(memory, labels, new long[0], features);
            try (NodeData data = new NodeData(
                    "circle",
                    Arcs.oneWay(nodes, arcs),
                    true,
                    features,
                    shape.target(),
                    shape.nodeNames(),
                    shape.splits(),
                    "circle",
                    List.of())) {
                Place place = new Place(provider, memory, Progress.SILENT);
                Probe probe = Probe.of(data, data.splits().getFirst(), 0, place);
                assertThat(probe.advice().model()).as("%s", probe).isEqualTo("faber-net");
                assertThat(probe.advice().directed()).isTrue();
                assertThat(probe.value("accuracy-directed")).isGreaterThan(probe.value("accuracy-apart"));
            }
        }
    }

    @Test
    void tooFewLabelsAreRefused() {
        assertThatThrownBy(() -> probe(
                        Scenario.BOTH, 0, 1, split -> new Split("few", new int[] {0, 1}, new int[0], new int[] {2})))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("only 2 training and validation nodes of the split few have a label");
        assertThatThrownBy(() -> changed(0, (_, labels) -> Arrays.fill(labels, 2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("have the same label");
    }

    @Test
    void whatItTakesIsKnownBefore() {
        try (KernelProvider provider = KernelProvider.choose(1);
                Memory memory = Memory.unlimited();
                NodeData data = Scenario.BOTH.data(memory, 0)) {
            long features = data.features().bytes();
            Probe.of(data, data.splits().getFirst(), 0, new Place(provider, memory, Progress.SILENT));
            long peak = memory.peak() - features;
            assertThat(Probe.bytes(data)).isBetween(peak, 2 * peak);
            assertThat(memory.live()).isEqualTo(features);
        }
        try (KernelProvider provider = KernelProvider.choose(1);
                Memory memory = new Memory(300_000);
                NodeData data = Scenario.BOTH.data(memory, 0)) {
            Place place = new Place(provider, memory, Progress.SILENT);
            assertThatThrownBy(() -> Probe.of(data, data.splits().getFirst(), 0, place))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("the probe needs");
        }
    }

    @Test
    void ofWideSparseFeaturesToo() {
        try (KernelProvider provider = KernelProvider.choose(2);
                Memory memory = Memory.unlimited();
                NodeData cora = Datasets.open("cora", memory)) {
            long live = memory.live();
            Probe.of(cora, cora.splits().getFirst(), 0, new Place(provider, memory, Progress.SILENT));
            assertThat(Probe.bytes(cora)).isBetween(memory.peak() - live, 2 * (memory.peak() - live));
            assertThat(memory.live()).isEqualTo(live);
        }
    }
}
