package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Attention.Form;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.List;
import java.util.SplittableRandom;

/// The fused attention pass, forward and backward, in its three forms.
final class AttentionBenchmarks {
    private static final int HEADS = 8;
    private static final int WIDTH = 64;

    private AttentionBenchmarks() {}

    static List<Benchmark> all() {
        return List.of(
                benchmark("attention/8x8", "GAT's attention", Form.GAT),
                benchmark("attention/gatv2-8x8", "GATv2's attention", Form.GATV2),
                benchmark("attention/dot-8x8", "dot-product attention", Form.DOT));
    }

    private static Benchmark benchmark(String name, String what, Form form) {
        return new Benchmark(
                name,
                what + " with its gradients, " + HEADS + " heads of " + WIDTH / HEADS,
                setting -> gradients(setting, new Attention(form, HEADS, 0.2f)));
    }

    private static Measured gradients(Setting setting, Attention attention) {
        BenchGraph graph = setting.graph().get();
        Csr edges = graph.edges().pattern();
        try (Memory room = setting.room();
                Workspace workspace = new Workspace(room);
                Parameters parameters = parameters(room, edges, attention.form())) {
            long terms = Math.max(1, edges.edges() / edges.rows());
            // All edges add to the vector's gradient.
            if (attention.form() == Form.GATV2) terms = edges.edges();
            String gate = Gate.passed("gradients", setting, terms, (provider, scratch) -> {
                step(provider, scratch, edges, attention, parameters);
                return TrainingBenchmarks.numbers(parameters, Parameter::gradient);
            });
            Timed timed = setting.time(room, () -> step(setting.provider(), workspace, edges, attention, parameters));
            String size = "%s, %,d nodes, %,d edges, %d heads, %d wide"
                    .formatted(graph.name(), graph.nodes(), graph.edgeCount(), HEADS, WIDTH);
            double held = workspace.peak();
            return new Measured(size, timed, bytes(edges, attention.form()), 6L * edges.edges() * WIDTH, gate)
                    .with("workspaceBytes", held)
                    .with("workspaceNumbersPerNodeAndFeature", held / 4 / graph.nodes() / WIDTH);
        }
    }

    private static Parameters parameters(Memory memory, Csr edges, Form form) {
        int scored = form == Form.GAT ? HEADS : WIDTH;
        Parameters parameters = new Parameters(memory);
        parameters.add("values", edges.cols(), WIDTH);
        parameters.add("left", edges.rows(), scored);
        parameters.add("right", edges.cols(), scored);
        if (form == Form.GATV2) parameters.add("vector", 1, WIDTH);
        SplittableRandom random = new SplittableRandom(3);
        for (Parameter p : parameters) {
            Matrix value = p.value();
            for (long i = 0; i < value.size(); i++) value.put(i, (float) random.nextDouble(-1, 1));
        }
        return parameters;
    }

    /// Values are gathered going forward, and values and gradients going back; what is scored each time.
    private static long bytes(Csr edges, Form form) {
        long scores =
                form == Form.GAT ? 6 * SparseBenchmarks.bytes(edges, HEADS) : 4 * SparseBenchmarks.bytes(edges, WIDTH);
        return 3 * SparseBenchmarks.bytes(edges, WIDTH) + scores;
    }

    /// The workspace holds the sums, a loss over them (their squares, and the gradients of both), and what attention
    /// keeps for going back; inputs and their gradients lie outside.
    private static void step(
            KernelProvider provider, Workspace workspace, Csr edges, Attention attention, Parameters parameters) {
        parameters.zeroGradients();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor values = tape.parameter(parameters.get("values"));
            Tensor left = tape.parameter(parameters.get("left"));
            Tensor right = tape.parameter(parameters.get("right"));
            Tensor vector = attention.form() == Form.GATV2 ? tape.parameter(parameters.get("vector")) : null;
            Tensor sums = values.attend(edges, attention, left, right, vector);
            sums.multiply(sums).sum().backward();
        }
    }
}
