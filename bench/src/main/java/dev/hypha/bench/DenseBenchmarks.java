package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.List;
import java.util.SplittableRandom;

/// The dense product.
final class DenseBenchmarks {
    private static final int SIZE = 2048;

    /// The plain loops are slow: the gate looks at so many rows.
    private static final int GATED = 64;

    private DenseBenchmarks() {}

    static List<Benchmark> all() {
        return List.of(
                new Benchmark("product/" + SIZE, "a dense product, " + SIZE + " cubed", DenseBenchmarks::product));
    }

    private static Measured product(Setting setting) {
        try (Workspace workspace = new Workspace(setting.memory());
                Matrix a = Matrix.of(setting.memory(), Purpose.WORKSPACE, SIZE, SIZE);
                Matrix b = Matrix.of(setting.memory(), Purpose.WORKSPACE, SIZE, SIZE);
                KernelProvider plain =
                        KernelProvider.of("plain", setting.provider().threads())) {
            SplittableRandom random = new SplittableRandom(2);
            for (long i = 0; i < a.size(); i++) {
                a.put(i, (float) random.nextDouble(-1, 1));
                b.put(i, (float) random.nextDouble(-1, 1));
            }
            String gate = Gate.equal(
                    GATED + " rows",
                    rows(plain, workspace, a.slice(0, GATED), b),
                    rows(setting.provider(), workspace, a.slice(0, GATED), b),
                    SIZE);
            Millis millis = Millis.of(
                    () -> {
                        try (Tape tape = new Tape(setting.provider(), workspace, false)) {
                            tape.constant(a).times(tape.constant(b));
                        }
                    },
                    setting.seconds());
            return new Measured(
                    SIZE + " x " + SIZE + " x " + SIZE, millis, 12L * SIZE * SIZE, 2L * SIZE * SIZE * SIZE, gate);
        }
    }

    private static float[] rows(KernelProvider provider, Workspace workspace, Matrix a, Matrix b) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            return tape.constant(a).times(tape.constant(b)).value().toArray();
        }
    }
}
