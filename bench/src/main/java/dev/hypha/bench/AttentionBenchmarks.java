package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.List;
import java.util.SplittableRandom;

/// The fused attention pass, forward and backward.
final class AttentionBenchmarks {
    private static final int HEADS = 8;
    private static final int WIDTH = 64;
    private static final Attention GAT = new Attention(Attention.Form.GAT, HEADS, 0.2f);

    private AttentionBenchmarks() {}

    static List<Benchmark> all() {
        return List.of(new Benchmark(
                "attention/8x8",
                "GAT's attention with its gradients, " + HEADS + " heads of " + WIDTH / HEADS,
                AttentionBenchmarks::gradients));
    }

    private static Measured gradients(Setting setting) {
        BenchGraph graph = setting.graph().get();
        Csr edges = graph.edges().pattern();
        try (Workspace workspace = new Workspace(setting.memory());
                Parameters parameters = new Parameters(setting.memory());
                KernelProvider plain =
                        KernelProvider.of("plain", setting.provider().threads())) {
            parameters.add("values", edges.cols(), WIDTH);
            parameters.add("left", edges.rows(), HEADS);
            parameters.add("right", edges.cols(), HEADS);
            SplittableRandom random = new SplittableRandom(3);
            for (Parameter p : parameters) {
                Matrix value = p.value();
                for (long i = 0; i < value.size(); i++) value.put(i, (float) random.nextDouble(-1, 1));
            }
            long terms = Math.max(1, edges.edges() / edges.rows());
            float[] expected = gradients(plain, workspace, edges, parameters);
            String gate = Gate.equal(
                    "gradients", expected, gradients(setting.provider(), workspace, edges, parameters), terms);
            Millis millis = Millis.of(() -> step(setting.provider(), workspace, edges, parameters), setting.seconds());
            // Values are gathered going forward, and values and gradients going back; scores each time.
            long bytes = 3 * SparseBenchmarks.bytes(edges, WIDTH) + 6 * SparseBenchmarks.bytes(edges, HEADS);
            return new Measured(
                    "%s, %,d nodes, %,d edges, %d heads, %d wide"
                            .formatted(graph.name(), graph.nodes(), graph.edgeCount(), HEADS, WIDTH),
                    millis,
                    bytes,
                    6L * edges.edges() * WIDTH,
                    gate);
        }
    }

    private static void step(KernelProvider provider, Workspace workspace, Csr edges, Parameters parameters) {
        parameters.zeroGradients();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor values = tape.parameter(parameters.get("values"));
            Tensor left = tape.parameter(parameters.get("left"));
            Tensor right = tape.parameter(parameters.get("right"));
            Tensor sums = values.attend(edges, GAT, left, right, null);
            sums.multiply(sums).sum().backward();
        }
    }

    private static float[] gradients(KernelProvider provider, Workspace workspace, Csr edges, Parameters parameters) {
        step(provider, workspace, edges, parameters);
        return TrainingBenchmarks.numbers(parameters, Parameter::gradient);
    }
}
