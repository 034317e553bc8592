package dev.hypha.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.hypha.tensor.Matrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The OpenBLAS that this process has loaded, called as C would call it and with threads of its own: what the engine's
/// products are held against. It is bound here a second time, since the engine's own binding is what is tested.
final class DirectBlas implements AutoCloseable {
    private static final Path MAPPED = Path.of("/proc/self/maps");
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;

    /// OpenBLAS's threads go on looking for work for a while before they sleep.
    private static final long REST_MILLIS = 200;

    private final MethodHandle sgemm;
    private final MethodHandle setThreads;

    private DirectBlas(SymbolLookup library) {
        Linker linker = Linker.nativeLinker();
        setThreads = linker.downcallHandle(
                library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
        sgemm = linker.downcallHandle(
                library.findOrThrow("cblas_sgemm"),
                FunctionDescriptor.ofVoid(
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_FLOAT,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_FLOAT,
                        ADDRESS,
                        JAVA_INT));
    }

    /// The library, where it is loaded.
    ///
    /// @param threads that one product is split among until this is closed
    static Optional<DirectBlas> loaded(int threads) {
        return file().map(file -> {
            DirectBlas blas = new DirectBlas(SymbolLookup.libraryLookup(file, Arena.global()));
            blas.threads(threads);
            return blas;
        });
    }

    private static Optional<Path> file() {
        try (var lines = Files.lines(MAPPED)) {
            return lines.filter(line -> line.contains("/libopenblas"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void threads(int count) {
        try {
            setThreads.invokeExact(count);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS failed", e);
        }
    }

    /// out = a b.
    void product(Matrix a, Matrix b, Matrix out) {
        try {
            sgemm.invokeExact(
                    ROW_MAJOR,
                    AS_IS,
                    AS_IS,
                    a.rows(),
                    b.cols(),
                    a.cols(),
                    1f,
                    a.segment(),
                    a.cols(),
                    b.segment(),
                    b.cols(),
                    0f,
                    out.segment(),
                    out.cols());
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS failed", e);
        }
    }

    /// Waits until its threads sleep, so that they take no time of what is timed next.
    void rest() {
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Leaves OpenBLAS on one thread, as the engine wants it.
    @Override
    public void close() {
        threads(1);
    }
}
