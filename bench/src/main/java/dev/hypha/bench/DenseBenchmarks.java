package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// The dense product, beside the same one by the BLAS called directly.
final class DenseBenchmarks {
    private static final int SIZE = 2048;

    /// The plain loops are slow: the gate looks at so many rows.
    private static final int GATED = 64;

    /// Products in a row by either, before it is the other's turn; the first of them is not counted.
    private static final int TURN = 5;

    private DenseBenchmarks() {}

    static List<Benchmark> all() {
        return List.of(new Benchmark(
                "product/" + SIZE,
                "a dense product, " + SIZE + " cubed, beside the BLAS called directly",
                s -> product(s, SIZE)));
    }

    static Measured product(Setting setting, int size) {
        try (Memory room = setting.room();
                Workspace workspace = new Workspace(room);
                Matrix a = random(room, size, 1);
                Matrix b = random(room, size, 2)) {
            int gated = Math.min(GATED, size);
            String gate = Gate.passed(
                    gated + " rows",
                    setting,
                    size,
                    (provider, scratch) -> rows(provider, scratch, a.slice(0, gated), b));
            List<Double> direct = new ArrayList<>();
            Timed timed = setting.watch(room, () -> inTurns(setting, workspace, a, b, direct));
            long n = size;
            Measured measured = new Measured(n + " x " + n + " x " + n, timed, 12 * n * n, 2 * n * n * n, gate);
            if (direct.isEmpty()) return measured;
            double blas =
                    Millis.of(direct.stream().mapToDouble(d -> d).toArray()).median();
            return measured.with("blasMillis", blas)
                    .with("partOfBlas", blas / timed.millis().median());
        }
    }

    private static Matrix random(Memory memory, int size, long key) {
        Matrix x = Matrix.of(memory, Purpose.WORKSPACE, size, size);
        SplittableRandom random = new SplittableRandom(key);
        for (long i = 0; i < x.size(); i++) x.put(i, (float) random.nextDouble(-1, 1));
        return x;
    }

    /// Times the engine, and the BLAS on the same memory where it is loaded, in turns.
    private static Millis inTurns(Setting setting, Workspace workspace, Matrix a, Matrix b, List<Double> direct) {
        List<Double> own = new ArrayList<>();
        Runnable product = () -> product(setting.provider(), workspace, a, b);
        Optional<DirectBlas> blas = DirectBlas.loaded(setting.provider().threads());
        try (Matrix out = Matrix.of(setting.memory(), Purpose.WORKSPACE, a.rows(), b.cols())) {
            long until = System.nanoTime() + (long) (setting.seconds() * 1e9);
            do {
                turn(product, own);
                if (blas.isPresent()) {
                    turn(() -> blas.get().product(a, b, out), direct);
                    blas.get().rest();
                }
            } while (System.nanoTime() < until);
        } finally {
            blas.ifPresent(DirectBlas::close);
        }
        return Millis.of(own.stream().mapToDouble(d -> d).toArray());
    }

    private static void turn(Runnable product, List<Double> millis) {
        product.run();
        for (int i = 1; i < TURN; i++) {
            long start = System.nanoTime();
            product.run();
            millis.add((System.nanoTime() - start) / 1e6);
        }
    }

    private static void product(KernelProvider provider, Workspace workspace, Matrix a, Matrix b) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            tape.constant(a).times(tape.constant(b)).value();
        }
    }

    private static float[] rows(KernelProvider provider, Workspace workspace, Matrix a, Matrix b) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            return tape.constant(a).times(tape.constant(b)).value().toArray();
        }
    }
}
