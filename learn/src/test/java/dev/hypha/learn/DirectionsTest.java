package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.sampling.UniformSampler;
import dev.hypha.learn.Directions.Way;
import dev.hypha.learn.data.Arcs;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DirectionsTest {
    private static final int NODES = 40;

    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);
    private final KernelProvider provider = KernelProvider.choose(1);
    private final boolean[][] leads = new boolean[NODES][NODES];
    private final Csr arcs = arcs();

    @AfterEach
    void free() {
        provider.close();
        workspace.close();
        memory.close();
    }

    /// Random arcs, some with their reverse, and a node without any.
    private Csr arcs() {
        SplittableRandom random = new SplittableRandom(7);
        LongStream.Builder pairs = LongStream.builder();
        for (int target = 1; target < NODES; target++) {
            for (int source = 1; source < NODES; source++) {
                leads[source][target] = source != target && random.nextInt(10) == 0;
                if (leads[source][target]) pairs.add(Arcs.pair(target, source));
            }
        }
        return Arcs.oneWay(NODES, pairs.build().sorted().toArray());
    }

    private LayerEdges edges() {
        return Arcs.edges(Arcs.undirected(arcs), Directions.of(arcs));
    }

    private Matrix gathered(LayerEdges edges, Way way, double exponent, float[] x) {
        Matrix kept = Matrix.of(memory, Purpose.WORKSPACE, edges.targets(), 1);
        try (Tape tape = new Tape(provider, workspace, false)) {
            kept.copyFrom(
                    edges.gathered(way, exponent, tape.constant(x.length, 1, x)).value());
        }
        return kept;
    }

    private static float[] random(int count) {
        float[] x = new float[count];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < count; i++) x[i] = (float) random.nextDouble(-1, 1);
        return x;
    }

    @Test
    void sumsGoOneWayAndAreDividedByTheDegreesAtBothEnds() {
        float[] x = random(NODES);
        Matrix into = gathered(edges(), Way.INTO, 0.25, x);
        Matrix from = gathered(edges(), Way.FROM, 0.25, x);
        for (int i = 0; i < NODES; i++) {
            double in = 0;
            double out = 0;
            for (int j = 0; j < NODES; j++) {
                if (leads[j][i]) in += x[j] / Math.pow(degree(i, true) * degree(j, false), 0.25);
                if (leads[i][j]) out += x[j] / Math.pow(degree(i, false) * degree(j, true), 0.25);
            }
            assertThat((double) into.at(i)).isCloseTo(in, within(1e-5));
            assertThat((double) from.at(i)).isCloseTo(out, within(1e-5));
        }
    }

    private double degree(int node, boolean in) {
        int degree = 0;
        for (int other = 0; other < NODES; other++) degree += (in ? leads[other][node] : leads[node][other]) ? 1 : 0;
        return degree;
    }

    @Test
    void edgesWithoutDirectionsGoBothWays() {
        LayerEdges edges = Arcs.edges(Arcs.undirected(arcs));
        assertThat(edges.directed()).isFalse();
        float[] x = random(NODES);
        assertThat(gathered(edges, Way.INTO, 0.5, x).toArray())
                .isEqualTo(gathered(edges, Way.FROM, 0.5, x).toArray());
    }

    /// Of sampled edges each keeps its directions, and sums agree with those of the whole graph in the mean.
    @Test
    void samplesKeepDirections() {
        LayerEdges all = edges();
        Csr pattern = all.pattern();
        Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, 1);
        int[] nodes = {3, 8, 21};
        SampledGraph sampled = new SampledGraph(
                features,
                NeighborLists.of(pattern.offsets(), pattern.indices()),
                all.directions(),
                new UniformSampler(4, 4),
                nodes,
                new float[0]);
        float[] x = random(NODES);
        Matrix whole = gathered(all, Way.INTO, 0, x);
        double[] mean = new double[nodes.length];
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            NodeBatch batch = sampled.batch(new int[] {0, 1, 2}, round);
            int[] numbers = batch.nodes().orElseThrow();
            for (int l = 0; l < 2; l++) assertArcs(batch.layer(l), numbers);
            LayerEdges last = batch.layer(1);
            Directions both = last.directions();
            float[] factors = both.scaling(Way.INTO, 0).targets();
            for (int i = 0; i < nodes.length; i++) {
                for (int e = both.into().offsets()[i]; e < both.into().offsets()[i + 1]; e++) {
                    mean[i] += factors[i] * x[numbers[both.into().indices()[e]]] / rounds;
                }
            }
        }
        for (int i = 0; i < nodes.length; i++) {
            assertThat(mean[i]).as("node " + nodes[i]).isCloseTo(whole.at(nodes[i]), within(0.35));
        }
    }

    private void assertArcs(LayerEdges layer, int[] numbers) {
        Directions both = layer.directions();
        for (int i = 0; i < layer.targets(); i++) {
            int in = 0;
            int out = 0;
            for (int e = layer.pattern().offsets()[i]; e < layer.pattern().offsets()[i + 1]; e++) {
                int j = layer.pattern().indices()[e];
                in += leads[numbers[j]][numbers[i]] ? 1 : 0;
                out += leads[numbers[i]][numbers[j]] ? 1 : 0;
            }
            assertThat(both.into().degree(i)).isEqualTo(in);
            assertThat(both.from().degree(i)).isEqualTo(out);
            for (int e = both.from().offsets()[i]; e < both.from().offsets()[i + 1]; e++) {
                assertThat(leads[numbers[i]][numbers[both.from().indices()[e]]]).isTrue();
            }
        }
        for (int j = 0; j < layer.sources(); j++) {
            assertThat(both.inDegrees()[j]).isEqualTo((int) degree(numbers[j], true));
            assertThat(both.outDegrees()[j]).isEqualTo((int) degree(numbers[j], false));
        }
    }
}
