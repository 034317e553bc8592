package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Options;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GinTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        // Narrower and wider than the features: both orders of mapping and aggregating.
        for (String hidden : new String[] {"2", "5"}) {
            Gin model = Options.read(Gin.class, Map.of("hidden", hidden, "layers", "3", "epsilon", "0.25"));
            try (SmallGraph graph = new SmallGraph()) {
                float[][] logits = graph.logits(model, 2);
                for (int i = 0; i < SmallGraph.NODES; i++) {
                    double[] expected = slow(graph, 3, i);
                    for (int c = 0; c < 2; c++) {
                        assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[c], within(1e-4));
                    }
                }
            }
        }
    }

    private static double[] slow(SmallGraph graph, int layer, int i) {
        if (layer == 0) return graph.features(i);
        String name = "layer" + (layer - 1);
        double[] own = slow(graph, layer - 1, i);
        double[] sum = SmallGraph.add(new double[own.length], 1.25, own);
        for (int j : INTO[i]) sum = SmallGraph.add(sum, 1, slow(graph, layer - 1, j));
        double[] inner = SmallGraph.relu(graph.bias(graph.times(sum, name + ".in"), name + ".in"));
        double[] out = graph.bias(graph.times(inner, name), name);
        return layer == 3 ? out : SmallGraph.relu(out);
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Gin model = Options.read(Gin.class, Map.of("hidden", "16"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.85);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }

    /// Twice the same neighbors: means and maxima over them are the same, sums are not.
    @Test
    void tellsMultisetsApartThatMeansAndMaximaCannot() {
        Csr pattern = new Csr(8, 8, new int[] {0, 2, 6, 6, 6, 6, 6, 6, 6}, new int[] {2, 3, 4, 5, 6, 7});
        LayerEdges edges = new LayerEdges(pattern, new int[] {2, 4, 0, 0, 0, 0, 0, 0});
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Weights weights = new Weights(memory, 1);
                Matrix features = Matrix.of(memory, Purpose.FEATURES, 8, 2);
                Tape tape = new Tape(provider, workspace, false)) {
            features.copyFrom(new float[] {1, 1, 1, 1, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0, 2});
            for (Reduce blind : new Reduce[] {Reduce.MEAN, Reduce.MAX}) {
                float[] rows =
                        tape.constant(features).spmm(pattern, blind).value().toArray();
                assertThat(rows[0]).isEqualTo(rows[2]);
                assertThat(rows[1]).isEqualTo(rows[3]);
            }
            Gin model = Options.read(Gin.class, Map.of("layers", "1", "hidden", "8"));
            NodeBatch batch = new NodeBatch(features, null, List.of(edges), null, new float[0]);
            float[] said = model.forward(new Context(tape, weights, 1, false, 0), batch)
                    .value()
                    .toArray();
            assertThat(said[0]).isNotCloseTo(said[1], within(0.01f));
        }
    }
}
