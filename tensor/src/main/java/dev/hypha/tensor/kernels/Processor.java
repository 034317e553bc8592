package dev.hypha.tensor.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// What the processor can do, as far as kernels depend on it.
public final class Processor {
    private static final Set<String> FLAGS = flags();

    private Processor() {}

    /// Whether it has the parts of AVX-512 that OpenBLAS's kernels for it use.
    public static boolean hasAvx512() {
        return FLAGS.contains("avx512f")
                && FLAGS.contains("avx512dq")
                && FLAGS.contains("avx512bw")
                && FLAGS.contains("avx512vl");
    }

    /// Whether a fused multiply-add is one instruction. Where it is not, Java computes it exactly in software, a
    /// hundred times slower, so kernels must know. Every 64-bit ARM has it; elsewhere Linux says so.
    public static boolean hasFma() {
        return System.getProperty("os.arch").equals("aarch64") || FLAGS.contains("fma");
    }

    private static Set<String> flags() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line ->
                            Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
                    .orElse(Set.of());
        } catch (IOException e) {
            return Set.of();
        }
    }
}
