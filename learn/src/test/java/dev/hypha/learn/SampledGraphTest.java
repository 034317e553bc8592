package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.EdgeList;
import dev.hypha.graph.Graph;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.sampling.UniformSampler;
import dev.hypha.learn.zoo.Gcn;
import dev.hypha.learn.zoo.Gin;
import dev.hypha.learn.zoo.GraphSage;
import dev.hypha.learn.zoo.Mlp;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SampledGraphTest {
    private static final int NODES = 60;

    private final SplittableRandom random = new SplittableRandom(8);

    private Graph graph() {
        try (Graph.Builder builder = new Graph.Builder()) {
            int nodes = builder.nodes("nodes", NODES);
            EdgeList edges = builder.edges("edges", nodes, nodes);
            for (int e = 0; e < 5 * NODES; e++) {
                int target = random.nextInt(NODES);
                int source = (target + 1 + random.nextInt(NODES - 1)) % NODES;
                edges.add(source, target);
            }
            for (int node = 0; node < NODES; node += 5) edges.add(node, node);
            return builder.build();
        }
    }

    private static LayerEdges whole(Neighbors graph) {
        int[] offsets = new int[NODES + 1];
        int[] sources = new int[(int) graph.edges()];
        int[] degrees = new int[NODES];
        for (int i = 0; i < NODES; i++) {
            offsets[i + 1] = (int) graph.end(i);
            degrees[i] = graph.degree(i) - (graph.contains(i, i) ? 1 : 0);
        }
        for (int e = 0; e < sources.length; e++) sources[e] = graph.source(e);
        return new LayerEdges(new Csr(NODES, NODES, offsets, sources), degrees);
    }

    private Matrix features(Memory memory) {
        Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, 4);
        for (long i = 0; i < features.size(); i++) features.put(i, (float) random.nextGaussian());
        return features;
    }

    private static float[] logits(NodeModel model, Weights weights, NodeBatch batch, Memory memory) {
        try (KernelProvider provider = KernelProvider.choose(2);
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, false)) {
            return batch.ofSeeds(model.forward(new Context(tape, weights, 2, false, 0), batch))
                    .value()
                    .toArray();
        }
    }

    /// With all neighbors sampled, a batch answers as the whole graph does.
    @ParameterizedTest
    @ValueSource(classes = {Gcn.class, GraphSage.class, Gin.class, Mlp.class})
    void allNeighborsSampledAnswerAsTheWholeGraph(Class<? extends Record> type) {
        for (String hidden : new String[] {"3", "8"}) {
            NodeModel model = (NodeModel) Options.read(type, Map.of("hidden", hidden));
            try (Memory memory = Memory.unlimited();
                    Graph graph = graph();
                    Matrix features = features(memory);
                    Weights weights = new Weights(memory, 1)) {
                int[] nodes = {7, 3, 3, 59, 0, 11};
                Neighbors edges = graph.neighbors(0);
                int[] rows = IntStream.range(0, nodes.length).toArray();
                int[] fanouts = new int[model.layers()];
                Arrays.fill(fanouts, -1);
                float[] all = logits(
                        model,
                        weights,
                        new WholeGraph(features, whole(edges), model.layers(), nodes, new float[0]).batch(rows, 0),
                        memory);
                float[] some = logits(
                        model,
                        weights,
                        new SampledGraph(features, edges, new UniformSampler(fanouts), nodes, new float[0])
                                .batch(rows, 0),
                        memory);
                for (int i = 0; i < all.length; i++) {
                    assertThat(some[i])
                            .as(type.getSimpleName())
                            .isCloseTo(all[i], within(1e-4f * (1 + Math.abs(all[i]))));
                }
            }
        }
    }

    /// One linear convolution over samples is, over many keys, on average that over the whole graph.
    @Test
    void sampledConvolutionIsUnbiased() {
        Gcn model = Options.read(Gcn.class, Map.of("layers", "1"));
        try (Memory memory = Memory.unlimited();
                Graph graph = graph();
                Matrix features = features(memory);
                Weights weights = new Weights(memory, 1)) {
            int[] nodes = IntStream.range(0, NODES).toArray();
            Neighbors edges = graph.neighbors(0);
            float[] all = logits(
                    model,
                    weights,
                    new WholeGraph(features, whole(edges), 1, nodes, new float[0]).batch(nodes, 0),
                    memory);
            SampledGraph sampled = new SampledGraph(features, edges, new UniformSampler(2), nodes, new float[0]);
            int keys = 3000;
            double[] mean = new double[all.length];
            double[] square = new double[all.length];
            for (int key = 0; key < keys; key++) {
                float[] one = logits(model, weights, sampled.batch(nodes, key), memory);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += (double) one[i] / keys;
                    square[i] += (double) one[i] * one[i] / keys;
                }
            }
            for (int i = 0; i < mean.length; i++) {
                double sd = Math.sqrt(Math.max(square[i] - mean[i] * mean[i], 0) / keys);
                assertThat(mean[i]).isCloseTo(all[i], within(5 * sd + 1e-5));
            }
        }
    }
}
