package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/// What every object on standard output starts with: which Hypha, what was asked, on what, how long, how much memory.
///
/// @param command the verb
/// @param kernels which loops did the arithmetic
/// @param threads worker threads
/// @param startNanos of the monotonic clock
record Header(Version version, String command, String kernels, int threads, long startNanos) {
    private static final Path STATUS = Path.of("/proc/self/status");

    static Header start(String command, int threads) {
        long now = System.nanoTime();
        return new Header(Version.current(), command, Machine.kernels(threads), threads, now);
    }

    /// The header, measured now, with the fields of `body` after it.
    ObjectNode with(ObjectNode body) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("hypha")
                .put("version", version.version())
                .put("revision", version.revision())
                .put("dirty", version.dirty());
        object.put("command", command);
        object.put("kernels", kernels);
        object.put("threads", threads);
        object.put("seconds", Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3);
        object.put("peakBytes", peakBytes());
        object.setAll(body);
        return object;
    }

    /// The most memory that the process has held: what the operating system counted where it says so (heap,
    /// off-heap and native libraries), otherwise the peaks of the JVM's own pools.
    static long peakBytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElseGet(Header::poolBytes);
        } catch (IOException e) {
            return poolBytes();
        }
    }

    private static long poolBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(MemoryPoolMXBean::getPeakUsage)
                .filter(usage -> usage != null)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
