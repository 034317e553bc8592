package dev.hypha.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The memory that Linux counts as held by this process. Its peak can be set back, so that each benchmark has its own.
final class ResidentMemory {
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");

    /// What proc(5) gives as the way to set the peak back to what is held now.
    private static final String PEAK = "5";

    private ResidentMemory() {}

    /// Sets the peak back.
    ///
    /// @return whether that could be done
    static boolean forgetPeak() {
        if (!Files.isWritable(RESET)) return false;
        try {
            Files.writeString(RESET, PEAK);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// The peak in bytes.
    static OptionalLong peak() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
