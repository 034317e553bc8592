package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.generating.Draws;
import dev.hypha.learn.Context;
import dev.hypha.learn.Keys;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Training;
import dev.hypha.learn.Weights;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.node.NodeOptions;
import dev.hypha.learn.node.NodeOutcome;
import dev.hypha.learn.node.NodeTask;
import dev.hypha.learn.node.NodeTraining;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NeighborGeneratorTest {
    private static final long KEY = 9;

    private static NeighborGenerator generator(String likelihood) {
        return Options.read(
                NeighborGenerator.class,
                Map.of("latent", "2", "generator-hidden", "4", "likelihood", likelihood, "pairs", "5"));
    }

    /// Node i's neighbor is node i + 1.
    @ParameterizedTest
    @ValueSource(strings = {"normal", "bernoulli"})
    void theLossIsTheBoundReadOnePairAtATime(String likelihood) {
        NeighborGenerator generator = generator(likelihood);
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory)) {
            for (long i = 0; i < graph.features().size(); i++) {
                graph.features().put(i, Math.abs(graph.features().at(i)));
            }
            int[] nodes = {0, 1, 2, 3, 4};
            int[] neighbors = {1, 2, 3, 4, 5};
            double got = 0;
            for (int pass = 0; pass < 2; pass++) {
                try (Tape tape = new Tape(provider, workspace, false)) {
                    Context c = new Context(tape, graph.weights, 2, true, KEY);
                    Tensor x = c.constant(graph.features());
                    got = generator
                            .loss(c, x.gather(neighbors), x.gather(nodes))
                            .number();
                }
                if (pass == 0) randomise(graph.weights);
            }
            double expected = 0;
            for (int pair = 0; pair < 5; pair++) expected += slow(graph, likelihood, pair) / 5;
            assertThat(got).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
        }
    }

    private static void randomise(Weights weights) {
        SplittableRandom random = new SplittableRandom(3);
        for (Parameter p : weights.parameters()) {
            for (long i = 0; i < p.value().size(); i++) p.value().put(i, (float) random.nextDouble(-1, 1));
        }
    }

    private static double slow(SmallGraph graph, String likelihood, int pair) {
        double[] own = graph.features(pair);
        double[] neighbor = graph.features(pair + 1);
        double[] both = SmallGraph.add(graph.times(neighbor, "encoder.neighbor"), 1, graph.times(own, "encoder.own"));
        double[] hidden = SmallGraph.relu(graph.bias(both, "encoder"));
        double[] mean = SlowMath.linear(graph, hidden, "mean");
        double[] log = SlowMath.linear(graph, hidden, "log-variance");
        double loss = 0;
        double[] z = new double[2];
        for (int l = 0; l < 2; l++) {
            loss += (mean[l] * mean[l] + Math.exp(log[l]) - 1 - log[l]) / 2;
            z[l] = mean[l] + Math.exp(log[l] / 2) * Draws.normal(Keys.split(KEY, 0), 2L * pair + l);
        }
        double[] said = said(graph, SmallGraph.add(graph.times(z, "decoder.latent"), 1, conditioned(graph, own)));
        for (int f = 0; f < said.length; f++) {
            double p = SlowMath.sigmoid(said[f]);
            loss += likelihood.equals("normal")
                    ? Math.pow(neighbor[f] - said[f], 2) / 2
                    : -neighbor[f] * Math.log(p) - (1 - neighbor[f]) * Math.log(1 - p);
        }
        return loss;
    }

    private static double[] conditioned(SmallGraph graph, double[] own) {
        return graph.times(own, "decoder.own");
    }

    private static double[] said(SmallGraph graph, double[] sum) {
        return SlowMath.linear(graph, SmallGraph.relu(graph.bias(sum, "decoder")), "features");
    }

    /// All pairs are as likely, and no other is drawn: the loss of many is the mean of them all.
    @Test
    void pairsAreThoseOfTheGraph() {
        try (SmallGraph graph = new SmallGraph();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory)) {
            NeighborGenerator many = Options.read(
                    NeighborGenerator.class, Map.of("latent", "2", "generator-hidden", "4", "pairs", "200000"));
            NodeBatch batch = graph.whole(Options.defaults(Gcn.class));
            double drawn;
            double all;
            try (Tape tape = new Tape(provider, workspace, false)) {
                drawn = many.loss(new Context(tape, graph.weights, 2, true, KEY), batch)
                        .number();
            }
            int[] nodes = new int[10_000 * 10];
            int[] neighbors = new int[nodes.length];
            int at = 0;
            for (int again = 0; again < 10_000; again++) {
                for (int i = 0; i < NODES; i++) {
                    for (int j : SmallGraph.INTO[i]) {
                        if (j == i) continue;
                        nodes[at] = i;
                        neighbors[at++] = j;
                    }
                }
            }
            try (Tape tape = new Tape(provider, workspace, false)) {
                Context c = new Context(tape, graph.weights, 2, true, KEY + 1);
                Tensor x = c.constant(graph.features());
                all = many.loss(c, x.gather(neighbors), x.gather(nodes)).number();
            }
            assertThat(at).isEqualTo(nodes.length);
            assertThat(drawn).isCloseTo(all, within(0.01 * all));
        }
    }

    /// Classes 0 and 1 are linked to each other, and 2 and 3: a neighbor's features are those of the other class.
    @ParameterizedTest
    @ValueSource(strings = {"normal", "bernoulli"})
    void learnsWhatNeighborsAreLike(String likelihood) {
        MadeUpGraph made = new MadeUpGraph(
                400, 4, 4, 4, (i, random) -> (i % 4 ^ 1) + 4 * random.nextInt(100), (i, c, _) -> i % 4 == c ? 1 : 0, 1);
        Lagnn model = Options.read(
                Lagnn.class,
                Map.of(
                        "hidden",
                        "4",
                        "latent",
                        "2",
                        "generator-hidden",
                        "16",
                        "likelihood",
                        likelihood,
                        "generator-steps",
                        "600"));
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                NodeData data = made.data(memory);
                NodeOutcome outcome = NodeTraining.run(
                        new NodeTask(data, model, training(), Options.defaults(NodeOptions.class)),
                        made.split(40),
                        0,
                        new Place(provider, memory, Progress.SILENT));
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, false)) {
            Context c = new Context(tape, outcome.weights(), 4, false, 0).part("generator", 4);
            NodeBatch all = new NodeBatch(data.features(), null, List.of(), null, new float[0]);
            Tensor x = c.features(all);
            float[] said = model.generator()
                    .generated(c, null, model.generator().conditioned(c, x), 4)
                    .value()
                    .toArray();
            for (int i = 0; i < said.length; i++) {
                int other = i / 4 % 4 ^ 1;
                assertThat((double) said[i]).as("element " + i).isCloseTo(i % 4 == other ? 1 : 0, within(0.2));
            }
        }
    }

    private static Training training() {
        return NodeOptions.training(Map.of("epochs", "1"));
    }
}
