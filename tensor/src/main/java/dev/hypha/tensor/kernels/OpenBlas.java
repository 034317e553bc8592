package dev.hypha.tensor.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// The binding to OpenBLAS: what is called of it, as method handles.
///
/// @param coreType the processor that its kernels are written for, as it names it itself
/// @param sgemm cblas_sgemm
record OpenBlas(String coreType, MethodHandle sgemm) {
    /// Why there is no binding.
    static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String why) {
            super(why);
        }
    }

    /// Opens the library once per process; the outcome stays the same afterwards.
    static OpenBlas open() throws UnavailableException {
        if (Holder.WHY_NOT != null) throw new UnavailableException(Holder.WHY_NOT);
        return Holder.OPENED;
    }

    private static final class Holder {
        private static final OpenBlas OPENED;
        private static final String WHY_NOT;

        static {
            OpenBlas opened = null;
            String whyNot = null;
            try {
                opened = load();
            } catch (UnavailableException e) {
                whyNot = e.getMessage();
            } catch (IOException | IllegalArgumentException | IllegalCallerException e) {
                whyNot = "OpenBLAS could not be opened: " + e.getMessage();
            } catch (Throwable e) {
                whyNot = "OpenBLAS failed: " + e;
            }
            OPENED = opened;
            WHY_NOT = whyNot;
        }
    }

    @SuppressWarnings("restricted")
    private static OpenBlas load() throws Throwable {
        Path folder = NativeFiles.openBlas();
        setEnvironment();
        // Opened first, so that the loader finds them by name when libopenblas asks for them.
        for (String name : NativeFiles.OPENBLAS_NEEDS) {
            if (Files.exists(folder.resolve(name))) SymbolLookup.libraryLookup(folder.resolve(name), Arena.global());
        }
        SymbolLookup library = SymbolLookup.libraryLookup(folder.resolve(NativeFiles.OPENBLAS), Arena.global());
        Linker linker = Linker.nativeLinker();
        linker.downcallHandle(library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT))
                .invokeExact(1);
        MemorySegment core = (MemorySegment)
                linker.downcallHandle(library.findOrThrow("openblas_get_corename"), FunctionDescriptor.of(ADDRESS))
                        .invokeExact();
        MethodHandle sgemm = linker.downcallHandle(
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
        return new OpenBlas(core.reinterpret(64).getString(0), sgemm);
    }

    /*
     * OpenBLAS does not know every processor: one it does not know gets its Haswell kernels, at half speed where there is
     * AVX-512. Java cannot change its environment, so the variable is set with libc's setenv, in this process alone. A
     * value that is there already was meant for the OpenBLAS of other programs, so it does not count;
     * `HYPHA_BLAS_CORE` is the variable for this one.
     *
     * One thread: OpenBLAS splits a product by the number of its threads, so that sums would be rounded differently on
     * another machine. Rows are split above the kernels instead, at boundaries that depend on shapes alone.
     */
    @SuppressWarnings("restricted")
    private static void setEnvironment() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        set(setenv, "OPENBLAS_NUM_THREADS", "1");
        String own = System.getenv("HYPHA_BLAS_CORE");
        if (own != null && !own.isBlank()) {
            set(setenv, "OPENBLAS_CORETYPE", own);
        } else if (Processor.hasAvx512()) {
            set(setenv, "OPENBLAS_CORETYPE", "SKYLAKEX");
        }
    }

    private static void set(MethodHandle setenv, String name, String value) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            int status = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (status != 0) throw new UnavailableException("the environment variable " + name + " could not be set");
        }
    }
}
