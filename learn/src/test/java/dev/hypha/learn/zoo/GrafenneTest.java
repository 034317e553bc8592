package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Context;
import dev.hypha.learn.Keys;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Options;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GrafenneTest {
    private static final int HIDDEN = 4;
    private static final int FEATURES = 3;
    private static final int ROWS = 5;
    private static final Grafenne MODEL = Options.read(
            Grafenne.class, Map.of("hidden", "" + HIDDEN, "blocks", "2", "rounds", "2", "names", "" + ROWS));

    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        try (SmallGraph graph = new SmallGraph()) {
            for (int v = 0; v < NODES; v++) graph.features().set(v, v % FEATURES, 0); // not there
            float[][] logits = graph.logits(MODEL, 2);
            double[][] g = named(graph);
            double[][] h = null;
            for (int b = 0; b < MODEL.blocks(); b++) {
                if (b > 0) g = heard(graph, "block" + b + ".back", h, g);
                h = described(graph, "block" + b + ".features", h, g);
                for (int r = 0; r < MODEL.rounds(); r++) h = convolved(graph, "block" + b + ".nodes" + r, h);
            }
            SlowMath.assertClose(logits, SlowMath.linear(graph, h, "answer"));
        }
    }

    private static double[][] named(SmallGraph graph) {
        double[][] g = new double[FEATURES][HIDDEN];
        Matrix table = graph.weights.parameters().get("names.table").value();
        for (int f = 0; f < FEATURES; f++) {
            for (int i = 0; i < 2; i++) {
                int row = (int) Long.remainderUnsigned(Keys.split(Keys.split(262, f), i), ROWS);
                for (int k = 0; k < HIDDEN; k++) g[f][k] += table.get(row, k);
            }
        }
        return g;
    }

    private static double[][] described(SmallGraph graph, String name, double[][] h, double[][] g) {
        double[][] out = new double[NODES][];
        for (int v = 0; v < NODES; v++) {
            double[] sum = h == null ? new double[HIDDEN] : graph.times(h[v], name + ".self");
            for (int f = 0; f < FEATURES; f++)
                sum = SmallGraph.add(sum, graph.features().get(v, f), g[f]);
            out[v] = graph.bias(sum, name);
        }
        return out;
    }

    private static double[][] convolved(SmallGraph graph, String name, double[][] u) {
        double[][] out = new double[NODES][];
        for (int v = 0; v < NODES; v++) {
            double[] sum = new double[HIDDEN];
            for (int j : looped(v)) {
                double factor =
                        1 / Math.sqrt((double) looped(v).size() * looped(j).size());
                sum = SmallGraph.add(sum, factor, u[j]);
            }
            out[v] = elu(graph.bias(graph.times(sum, name), name));
        }
        return out;
    }

    private static double[][] heard(SmallGraph graph, String name, double[][] h, double[][] g) {
        double[][] out = new double[FEATURES][];
        for (int f = 0; f < FEATURES; f++) {
            double[] sum = new double[HIDDEN];
            int having = 0;
            for (int v = 0; v < NODES; v++) {
                if (graph.features().get(v, f) == 0) continue;
                sum = SmallGraph.add(sum, graph.features().get(v, f), h[v]);
                having++;
            }
            double[] mean = SmallGraph.add(new double[HIDDEN], having == 0 ? 0 : 1.0 / having, sum);
            out[f] = elu(
                    graph.bias(SmallGraph.add(graph.times(g[f], name + ".self"), 1, graph.times(mean, name)), name));
        }
        return out;
    }

    private static double[] elu(double[] x) {
        return Arrays.stream(x).map(one -> one > 0 ? one : Math.expm1(one)).toArray();
    }

    /// The paper's claim: a hundred features that training has not seen need no new parameter. As long as no node has
    /// them nothing changes; once nodes do, answers move.
    @Test
    void newFeaturesNeedNoParameters() {
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                Matrix more = Matrix.of(memory, Purpose.FEATURES, NODES, FEATURES + 100)) {
            for (int v = 0; v < NODES; v++) {
                for (int f = 0; f < FEATURES; f++)
                    more.set(v, f, graph.features().get(v, f));
            }
            float[][] before = graph.logits(MODEL, 2);
            graph.weights.seal();
            long parameters = graph.weights.parameters().elements();
            assertThat(answer(graph.weights, more)).isEqualTo(flat(before));
            for (int f = 0; f < 100; f++) more.set(f % NODES, FEATURES + f, 1);
            assertThat(answer(graph.weights, more)).isNotEqualTo(flat(before)).doesNotContain(Float.NaN);
            assertThat(graph.weights.parameters().elements()).isEqualTo(parameters);
        }
    }

    /// Features that are stored sparse are the same edges.
    @Test
    void howFeaturesAreStoredDoesNotMatter() {
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited()) {
            for (int v = 0; v < NODES; v++) graph.features().set(v, v % FEATURES, 0);
            float[][] dense = graph.logits(MODEL, 2);
            try (SparseMatrix sparse = SparseMatrix.of(memory, Purpose.FEATURES, graph.features())) {
                assertThat(answer(graph.weights, sparse)).isEqualTo(flat(dense));
            }
        }
    }

    private static float[] answer(Weights weights, StoredMatrix features) {
        try (KernelProvider provider = KernelProvider.choose(1);
                Memory memory = Memory.unlimited();
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, false)) {
            NodeBatch batch = new NodeBatch(
                    features, null, Collections.nCopies(MODEL.layers(), SmallGraph.edges()), null, new float[NODES]);
            return MODEL.forward(new Context(tape, weights, 2, false, 0), batch)
                    .value()
                    .toArray();
        }
    }

    private static float[] flat(float[][] rows) {
        float[] all = new float[NODES * 2];
        IntStream.range(0, all.length).forEach(i -> all[i] = rows[i / 2][i % 2]);
        return all;
    }
}
