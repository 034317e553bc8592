package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.ScopedGraph;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.node.NodeOptions;
import dev.hypha.learn.node.NodeOutcome;
import dev.hypha.learn.node.NodeTask;
import dev.hypha.learn.node.NodeTraining;
import dev.hypha.learn.node.Part;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShadowTest {
    private static final int LAYERS = 3;
    private static final double RESTART = 0.2;

    private static Shadow small(Backbone backbone, Readout readout, int scope) {
        Stack stack = Options.read(Stack.class, Map.of("layers", "" + LAYERS));
        return new Shadow(4, backbone, readout, scope, RESTART, 1e-9, stack);
    }

    /// Batches of all nodes, each in its scope.
    private static NodeBatch scoped(SmallGraph graph, Shadow model) {
        LayerEdges edges = SmallGraph.edges();
        Neighbors lists =
                NeighborLists.of(edges.pattern().offsets(), edges.pattern().indices());
        int[] all = IntStream.range(0, NODES).toArray();
        return new ScopedGraph(graph.features(), lists, model, all, new float[NODES]).batch(all, 0);
    }

    @ParameterizedTest
    @EnumSource(Readout.class)
    void agreesWithTheEquationsReadOneScopeAtATime(Readout readout) {
        Shadow model = small(Backbone.GCN, readout, 2);
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2, scoped(graph, model));
            double[][] expected = new double[NODES][];
            Arrays.setAll(expected, i -> answer(graph, readout, i, slowScope(i, 2)));
            SlowMath.assertClose(logits, expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Readout.class)
    void withoutScopesAllNodesAreOne(Readout readout) {
        Shadow model = small(Backbone.GCN, readout, 2);
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2, graph.whole(model));
            double[][] expected = new double[NODES][];
            List<Integer> all = IntStream.range(0, NODES).boxed().toList();
            Arrays.setAll(expected, i -> answer(graph, readout, i, all));
            SlowMath.assertClose(logits, expected);
        }
    }

    /// Seen from a node, its scope holds all that it could ever hear from: any number of layers are those of the whole
    /// graph.
    @ParameterizedTest
    @EnumSource(Backbone.class)
    void scopesWithoutBoundGiveWhatTheWholeGraphGives(Backbone backbone) {
        Shadow model = small(backbone, Readout.CENTER, 100);
        try (SmallGraph graph = new SmallGraph()) {
            float[][] inScopes = graph.logits(model, 2, scoped(graph, model));
            float[][] whole = graph.logits(model, 2, graph.whole(model));
            double[][] expected = new double[NODES][2];
            for (int i = 0; i < NODES; i++) for (int c = 0; c < 2; c++) expected[i][c] = whole[i][c];
            SlowMath.assertClose(inScopes, expected);
        }
    }

    /// A node and those of the others that a walk from it, which returns now and then, is at most often.
    private static List<Integer> slowScope(int center, int most) {
        double[] at = new double[NODES];
        at[center] = 1;
        for (int step = 0; step < 500; step++) {
            double[] next = new double[NODES];
            for (int i = 0; i < NODES; i++) {
                next[center] += RESTART * at[i];
                if (INTO[i].length == 0) next[i] += (1 - RESTART) * at[i];
                for (int j : INTO[i]) next[j] += (1 - RESTART) * at[i] / INTO[i].length;
            }
            at = next;
        }
        double[] scores = at;
        List<Integer> scope = new ArrayList<>(List.of(center));
        IntStream.range(0, NODES)
                .filter(i -> i != center && scores[i] > 1e-12)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .limit(most)
                .forEach(scope::add);
        return scope;
    }

    private static double[] answer(SmallGraph graph, Readout readout, int center, List<Integer> scope) {
        double[] own = hidden(graph, center, scope);
        List<double[]> rows = scope.stream().map(i -> hidden(graph, i, scope)).toList();
        double[] pooled = new double[own.length];
        for (int c = 0; c < own.length; c++) {
            int column = c;
            double[] values = rows.stream().mapToDouble(row -> row[column]).toArray();
            pooled[c] = switch (readout) {
                case CENTER -> 0;
                case MEAN -> Arrays.stream(values).average().orElseThrow();
                case SUM -> Arrays.stream(values).sum();
                case MAX -> Arrays.stream(values).max().orElseThrow();
            };
        }
        double[] read = readout == Readout.CENTER
                ? own
                : IntStream.range(0, 2 * own.length)
                        .mapToDouble(c -> c < own.length ? own[c] : pooled[c - own.length])
                        .toArray();
        return SlowMath.linear(graph, read, "answer");
    }

    private static double[] hidden(SmallGraph graph, int node, List<Integer> scope) {
        return SmallGraph.relu(convolved(graph, LAYERS, node, scope));
    }

    /// The layers of a GCN on the part of the graph that a scope is.
    private static double[] convolved(SmallGraph graph, int layer, int i, List<Integer> scope) {
        if (layer == 0) return graph.features(i);
        String name = "gnn/layer" + (layer - 1);
        double[] sum = new double[4];
        for (int j : within(scope, i)) {
            double weight = 1
                    / Math.sqrt(
                            (double) within(scope, i).size() * within(scope, j).size());
            sum = SmallGraph.add(sum, weight, graph.times(convolved(graph, layer - 1, j, scope), name));
        }
        double[] out = graph.bias(sum, name);
        return layer == LAYERS ? out : SmallGraph.relu(out);
    }

    private static List<Integer> within(List<Integer> scope, int node) {
        return SmallGraph.looped(node).stream().filter(scope::contains).toList();
    }

    /// Small communities of one class each: who hears all of its community and nobody else knows most.
    private static MadeUpGraph communities(int nodes) {
        int classes = 5;
        int size = 40;
        return new MadeUpGraph(
                nodes,
                classes,
                classes,
                3,
                (i, random) -> random.nextDouble() < 0.15
                        ? random.nextInt(nodes)
                        : i % classes + classes * (i / classes / size * size + random.nextInt(size)),
                (i, c, random) -> (c == i % classes ? 0.7 : 0) + random.nextGaussian(),
                1);
    }

    @Test
    void deepOnSmallScopesIsBetterThanShallowOnTheWholeGraph() {
        Map<String, String> shallow = Map.of("hidden", "32", "layers", "2", "dropout", "0.2");
        Map<String, String> deep = new HashMap<>(Map.of("hidden", "32", "layers", "5", "dropout", "0"));
        deep.putAll(Map.of("scope", "50", "readout", "mean", "residual", "true"));
        double whole = accuracy(Options.read(Gcn.class, shallow), "80", NodeOptions.Pass.WHOLE);
        double scoped = accuracy(Options.read(Shadow.class, deep), "15", NodeOptions.Pass.SCOPED);
        assertThat(scoped).isGreaterThan(whole + 0.05);
    }

    /// @param pass that the pipeline shall choose
    private static double accuracy(NodeModel model, String epochs, NodeOptions.Pass pass) {
        MadeUpGraph made = communities(800);
        Split split = made.split(200);
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                NodeData data = made.data(memory);
                NodeTraining training = new NodeTraining(
                        task(data, model, epochs, "auto"), new Place(provider, memory, Progress.SILENT))) {
            assertThat(training.plan(split, 0).pass()).isEqualTo(pass);
            try (NodeOutcome outcome = training.run(split, 0, Trainer.Control.NONE)) {
                return outcome.metrics().get(Part.TEST).get("accuracy");
            }
        }
    }

    private static NodeTask task(NodeData data, NodeModel model, String epochs, String pass) {
        Training training = NodeOptions.training(Map.of("epochs", epochs, "batch", "32", "patience", "0"));
        return new NodeTask(data, model, training, Options.read(NodeOptions.class, Map.of("pass", pass)));
    }

    @Test
    void modelsThatReadNoScopesAreRefusedThem() {
        MadeUpGraph made = communities(400);
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                NodeData data = made.data(memory)) {
            NodeTask task = task(data, Options.defaults(Gcn.class), "1", "scoped");
            Place place = new Place(provider, memory, Progress.SILENT);
            assertThatThrownBy(() -> NodeTraining.run(task, made.split(100), 0, place))
                    .isInstanceOf(InputException.class)
                    .hasMessageEndingWith("reads no scopes");
        }
    }

    /// What is looked at for a node, and what is worked out for it, is the same in a graph ten times as large.
    @Test
    void aNodeCostsNoMoreInALargerGraph() {
        long[] small = work(2_000);
        long[] large = work(20_000);
        assertThat(large[0]).as("edges looked at").isLessThan(small[0] * 11 / 10);
        assertThat(large[1]).as("nodes and edges in scopes").isLessThan(small[1] * 11 / 10);
    }

    private static long[] work(int nodes) {
        Shadow model = Options.defaults(Shadow.class);
        AtomicLong asked = new AtomicLong();
        try (Memory memory = Memory.unlimited();
                NodeData data = communities(nodes).data(memory)) {
            Neighbors lists =
                    NeighborLists.of(data.arcs().offsets(), data.arcs().indices());
            int[] some = IntStream.range(0, 100).map(i -> i * (nodes / 100)).toArray();
            ScopedGraph source =
                    new ScopedGraph(data.features(), new Counted(lists, asked), model, some, new float[100]);
            NodeBatch batch = source.batch(IntStream.range(0, 100).toArray(), 0);
            int edges = batch.layer(0).pattern().edges();
            assertThat(batch.scopes().orElseThrow().edges())
                    .isEqualTo(batch.nodes().orElseThrow().length)
                    .isLessThanOrEqualTo(100 * 101);
            return new long[] {asked.get(), batch.nodes().orElseThrow().length + edges};
        }
    }

    /// Counts how often it is asked for a neighbor.
    private record Counted(Neighbors of, AtomicLong asked) implements Neighbors {
        @Override
        public int targets() {
            return of.targets();
        }

        @Override
        public long edges() {
            return of.edges();
        }

        @Override
        public long begin(int target) {
            return of.begin(target);
        }

        @Override
        public long end(int target) {
            return of.end(target);
        }

        @Override
        public int source(long position) {
            asked.incrementAndGet();
            return of.source(position);
        }

        @Override
        public boolean sorted() {
            return of.sorted();
        }
    }
}
