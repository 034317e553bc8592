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
    /// Odd widths beside the nearest multiples of 16, against which the time of a column of theirs is held.
    static final int[] WIDTHS = {1, 7, 16, 32, 33, 48, 64, 96, 100, 128, 207, 208, 256, 702, 704};
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
        try (Memory room = setting.room();
                Workspace workspace = new Workspace(room);
                Matrix x = Matrix.of(room, Purpose.FEATURES, edges.cols(), width)) {
            fill(x);
            String gate = Gate.passed("sums", setting, mean(edges), (provider, scratch) -> {
                try (Tape tape = new Tape(provider, scratch, false)) {
                    return sums(tape, edges, x).toArray();
                }
            });
            Timed timed = setting.time(room, () -> {
                try (Tape tape = new Tape(setting.provider(), workspace, false)) {
                    sums(tape, edges, x);
                }
            });
            return new Measured(size(setting, width), timed, bytes(edges, width), (long) edges.edges() * width, gate);
        }
    }

    private static Measured gradient(Setting setting, int width) {
        Csr edges = setting.graph().get().edges().pattern();
        try (Memory room = setting.room();
                Workspace workspace = new Workspace(room);
                Parameters parameters = new Parameters(room)) {
            fill(parameters.add("x", edges.cols(), width).value());
            String gate = Gate.passed("gradients", setting, mean(edges), (provider, scratch) -> {
                step(provider, scratch, edges, parameters);
                return parameters.get("x").gradient().toArray();
            });
            Timed timed = setting.time(room, () -> step(setting.provider(), workspace, edges, parameters));
            return new Measured(size(setting, width), timed, 2 * bytes(edges, width), 2L * edges.edges() * width, gate);
        }
    }

    private static void step(KernelProvider provider, Workspace workspace, Csr edges, Parameters parameters) {
        parameters.zeroGradients();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor sums = tape.parameter(parameters.get("x")).spmm(edges, Reduce.SUM);
            sums.sum().backward();
        }
    }

    private static Matrix sums(Tape tape, Csr edges, Matrix x) {
        return tape.constant(x).spmm(edges, Reduce.SUM).value();
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
