package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The sparse-dense product on a graph, at many widths, forward alone and with its gradient.
final class SparseBenchmarks {
    static final int[] WIDTHS = {1, 7, 16, 33, 64, 100, 128, 207, 256, 702};
    private static final int MAIN = 128;

    private SparseBenchmarks() {}

    static List<Benchmark> all() {
        List<Benchmark> all = new ArrayList<>();
        for (int width : WIDTHS) {
            all.add(new Benchmark(
                    "spmm/" + width,
                    "sums the rows of each node's neighbors, " + width + " wide",
                    s -> forward(s, width)));
        }
        all.add(new Benchmark(
                "spmm-gradient/" + MAIN, "the same with its gradient, " + MAIN + " wide", s -> gradient(s, MAIN)));
        return all;
    }

    private static Measured forward(Setting setting, int width) {
        Csr edges = setting.graph().get().edges().pattern();
        try (Workspace workspace = new Workspace(setting.memory());
                Matrix x = random(setting.memory(), edges.cols(), width)) {
            String gate = Gate.equal(
                    "sums", plainSums(setting, edges, x), sums(setting.provider(), workspace, edges, x), mean(edges));
            Millis millis = Millis.of(
                    () -> {
                        try (Tape tape = new Tape(setting.provider(), workspace, false)) {
                            tape.constant(x).spmm(edges, Reduce.SUM);
                        }
                    },
                    setting.seconds());
            return new Measured(size(setting, width), millis, bytes(edges, width), (long) edges.edges() * width, gate);
        }
    }

    private static Measured gradient(Setting setting, int width) {
        Csr edges = setting.graph().get().edges().pattern();
        try (Workspace workspace = new Workspace(setting.memory());
                Parameters parameters = new Parameters(setting.memory())) {
            fill(parameters.add("x", edges.cols(), width).value());
            String gate = Gate.equal(
                    "gradients",
                    plainGradient(setting, edges, parameters),
                    gradient(setting.provider(), workspace, edges, parameters),
                    mean(edges));
            Millis millis = Millis.of(() -> step(setting.provider(), workspace, edges, parameters), setting.seconds());
            return new Measured(
                    size(setting, width), millis, 2 * bytes(edges, width), 2L * edges.edges() * width, gate);
        }
    }

    private static void step(KernelProvider provider, Workspace workspace, Csr edges, Parameters parameters) {
        parameters.zeroGradients();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor sums = tape.parameter(parameters.get("x")).spmm(edges, Reduce.SUM);
            sums.sum().backward();
        }
    }

    private static float[] gradient(KernelProvider provider, Workspace workspace, Csr edges, Parameters parameters) {
        step(provider, workspace, edges, parameters);
        return parameters.get("x").gradient().toArray();
    }

    private static float[] plainGradient(Setting setting, Csr edges, Parameters parameters) {
        try (KernelProvider plain =
                        KernelProvider.of("plain", setting.provider().threads());
                Workspace workspace = new Workspace(setting.memory())) {
            return gradient(plain, workspace, edges, parameters);
        }
    }

    private static float[] plainSums(Setting setting, Csr edges, Matrix x) {
        try (KernelProvider plain =
                        KernelProvider.of("plain", setting.provider().threads());
                Workspace workspace = new Workspace(setting.memory())) {
            return sums(plain, workspace, edges, x);
        }
    }

    private static float[] sums(KernelProvider provider, Workspace workspace, Csr edges, Matrix x) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            return tape.constant(x).spmm(edges, Reduce.SUM).value().toArray();
        }
    }

    private static Matrix random(Memory memory, int rows, int cols) {
        Matrix x = Matrix.of(memory, Purpose.FEATURES, rows, cols);
        fill(x);
        return x;
    }

    private static void fill(Matrix x) {
        SplittableRandom random = new SplittableRandom(1);
        for (long i = 0; i < x.size(); i++) x.put(i, (float) random.nextDouble(-1, 1));
    }

    /// Rows gathered, rows written, and the pattern.
    static long bytes(Csr edges, int width) {
        return 4L * edges.edges() * width + 4L * edges.rows() * width + 4L * edges.edges() + 4L * edges.rows();
    }

    private static long mean(Csr edges) {
        return Math.max(1, edges.edges() / Math.max(1, edges.rows()));
    }

    private static String size(Setting setting, int width) {
        BenchGraph graph = setting.graph().get();
        return "%s, %,d nodes, %,d edges, %d wide".formatted(graph.name(), graph.nodes(), graph.edgeCount(), width);
    }
}
