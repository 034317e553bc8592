package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GrafenneTest {
    private static final int HIDDEN = 4;
    private static final int HEADS = 2;
    private static final int FEATURES = 3;
    private static final Grafenne MODEL =
            Options.read(Grafenne.class, Map.of("hidden", "" + HIDDEN, "heads", "" + HEADS, "blocks", "2"));

    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        try (SmallGraph graph = new SmallGraph()) {
            for (int v = 0; v < NODES; v++) graph.features().set(v, v % FEATURES, 0); // not there
            float[][] logits = graph.logits(MODEL, 2);
            double[][] g = new double[FEATURES][HIDDEN];
            for (int f = 0; f < FEATURES; f++) {
                for (int k = 0; k < HIDDEN; k++) g[f][k] = Keys.split(Keys.split(262, f), k) < 0 ? -0.5 : 0.5;
            }
            double[][] h = null;
            for (int l = 0; l < MODEL.blocks(); l++) {
                h = described(graph, "block" + l + ".features", h, g);
                for (int r = 0; r < 2; r++) h = convolved(graph, "block" + l + ".nodes" + r, h);
                g = heard(graph, "block" + l + ".back", h, g);
            }
            double[][] last = described(graph, "last.features", h, g);
            SlowMath.assertClose(logits, SlowMath.linear(graph, last, "answer"));
        }
    }

    private static double[][] described(SmallGraph graph, String name, double[][] h, double[][] g) {
        double[][] out = new double[NODES][];
        for (int v = 0; v < NODES; v++) {
            List<double[]> sources = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int f = 0; f < FEATURES; f++) {
                if (graph.features().get(v, f) == 0) continue;
                sources.add(g[f]);
                values.add((double) graph.features().get(v, f));
            }
            double[] sum = attended(graph, name, h == null ? null : h[v], sources, values);
            if (h != null) sum = SmallGraph.add(sum, 1, graph.times(h[v], name + ".self"));
            out[v] = SmallGraph.relu(graph.bias(sum, name));
        }
        return out;
    }

    private static double[][] convolved(SmallGraph graph, String name, double[][] u) {
        double[][] out = new double[NODES][];
        for (int v = 0; v < NODES; v++) {
            double[] mean = new double[HIDDEN];
            for (int j : INTO[v]) mean = SmallGraph.add(mean, 1.0 / INTO[v].length, u[j]);
            double[] sum = SmallGraph.add(graph.times(u[v], name + ".self"), 1, graph.times(mean, name + ".neighbors"));
            out[v] = SmallGraph.relu(graph.bias(sum, name));
        }
        return out;
    }

    private static double[][] heard(SmallGraph graph, String name, double[][] h, double[][] g) {
        double[][] out = new double[FEATURES][];
        for (int f = 0; f < FEATURES; f++) {
            List<double[]> sources = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int v = 0; v < NODES; v++) {
                if (graph.features().get(v, f) == 0) continue;
                sources.add(h[v]);
                values.add((double) graph.features().get(v, f));
            }
            double[] sum = attended(graph, name, g[f], sources, values);
            out[f] = SmallGraph.relu(graph.bias(SmallGraph.add(sum, 1, graph.times(g[f], name + ".self")), name));
        }
        return out;
    }

    private static double[] attended(
            SmallGraph graph, String name, double[] target, List<double[]> sources, List<Double> values) {
        double[] out = new double[HIDDEN];
        for (int head = 0; head < HEADS; head++) {
            List<Double> scores = new ArrayList<>();
            for (int e = 0; e < sources.size(); e++) {
                double score = graph.times(sources.get(e), name + ".source")[head]
                        + graph.times(new double[] {values.get(e)}, name + ".value")[head]
                        + (target == null ? 0 : graph.times(target, name + ".target")[head]);
                scores.add(score < 0 ? 0.2 * score : score);
            }
            double[] weights = SlowMath.softmax(scores);
            for (int e = 0; e < weights.length; e++) {
                double[] mapped = graph.times(sources.get(e), name);
                for (int k = head * HIDDEN / HEADS; k < (head + 1) * HIDDEN / HEADS; k++) {
                    out[k] += weights[e] * mapped[k];
                }
            }
        }
        return out;
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

    @Test
    void headsThatDoNotDivideAreRefused() {
        assertThatThrownBy(() -> Options.read(Grafenne.class, Map.of("hidden", "10", "heads", "4")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--heads");
    }
}
