package dev.hypha.bench;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.Optional;

/// What the machine can do at most, measured in the run that is compared with it.
///
/// @param bytesPerSecond a streaming sum reads, from an array far larger than any cache
/// @param operationsPerSecond a dense product does, additions and multiplications counted apart: that of the BLAS
///     called directly where there is one, or else our own
public record Limits(double bytesPerSecond, double operationsPerSecond) {
    private static final int STREAM_ROWS = 1 << 16;
    private static final int STREAM_COLS = 1 << 10;
    private static final int PRODUCT = 2048;
    /// Without a BLAS, where the large one would take minutes: our own loops are as fast on this.
    private static final int SMALL_PRODUCT = 512;

    /// Measures both on as many threads as the provider has.
    ///
    /// @param seconds for each
    public static Limits of(KernelProvider provider, double seconds) {
        try (Memory memory = Memory.unlimited();
                Workspace workspace = new Workspace(memory);
                KernelProvider best = best(provider.threads())) {
            return new Limits(stream(best, memory, workspace, seconds), product(best, memory, workspace, seconds));
        }
    }

    /// The fastest kernels that there are, whatever kernels are under test.
    private static KernelProvider best(int threads) {
        for (String name : KernelProvider.NAMES) {
            try {
                return KernelProvider.of(name, threads);
            } catch (IllegalArgumentException e) {
                // It cannot run here; the next one may, and the last one does.
            }
        }
        throw new IllegalStateException("no kernels at all");
    }

    private static double stream(KernelProvider provider, Memory memory, Workspace workspace, double seconds) {
        try (Matrix large = Matrix.of(memory, Purpose.WORKSPACE, STREAM_ROWS, STREAM_COLS)) {
            large.fill(1);
            Millis millis = Millis.of(
                    () -> {
                        try (Tape tape = new Tape(provider, workspace, false)) {
                            float sum = tape.constant(large).sum().number();
                            if (!(sum > 0)) throw new IllegalStateException("a sum of ones is " + sum);
                        }
                    },
                    seconds);
            return 4.0 * large.size() / millis.min() * 1e3;
        }
    }

    private static double product(KernelProvider provider, Memory memory, Workspace workspace, double seconds) {
        Optional<DirectBlas> blas = DirectBlas.loaded(provider.threads());
        int size = blas.isPresent() ? PRODUCT : SMALL_PRODUCT;
        try (Matrix a = Matrix.of(memory, Purpose.WORKSPACE, size, size)) {
            a.fill(0.5f);
            Millis millis = blas.isPresent()
                    ? direct(blas.get(), memory, a, seconds)
                    : Millis.of(() -> square(provider, workspace, a), seconds);
            return 2.0 * size * size * size / millis.min() * 1e3;
        }
    }

    private static Millis direct(DirectBlas blas, Memory memory, Matrix a, double seconds) {
        try (blas;
                Matrix out = Matrix.of(memory, Purpose.WORKSPACE, a.rows(), a.cols())) {
            Millis millis = Millis.of(() -> blas.product(a, a, out), seconds);
            blas.rest();
            return millis;
        }
    }

    private static void square(KernelProvider provider, Workspace workspace, Matrix a) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            tape.constant(a).times(tape.constant(a)).value();
        }
    }

    /// @return how often longer than at the limit something took
    double ratio(Millis millis, long bytes, long operations) {
        double least = Math.max(bytes / bytesPerSecond, operations / operationsPerSecond) * 1e3;
        return least == 0 ? Double.NaN : millis.median() / least;
    }
}
