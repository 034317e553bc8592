package dev.hypha.bench;

import dev.hypha.learn.Pauses;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What a benchmark runs on.
///
/// @param provider of the kernels under test, with its threads
/// @param graph that graph benchmarks run on, made when it is first asked for
/// @param memory that holds the graph, and bounds what benchmarks hold beside it
/// @param seconds to time each for
public record Setting(KernelProvider provider, Supplier<BenchGraph> graph, Memory memory, double seconds) {
    /// Memory of its own within what is left: what is held in it is counted from zero. Closed by whoever asks.
    Memory room() {
        return new Memory(memory.limit() - memory.live());
    }

    /// Times a step, see [Millis].
    ///
    /// @param room that the step allocates in
    Timed time(Memory room, Runnable step) {
        return watch(room, () -> Millis.of(step, seconds));
    }

    /// Watches memory and the garbage collector while something is timed. What was left on the heap is dropped
    /// first: the peak is that of what is timed, with the graph and the machinery that runs it.
    Timed watch(Memory room, Supplier<Millis> timing) {
        drop();
        boolean anew = ResidentMemory.forgetPeak();
        try (Pauses pauses = new Pauses()) {
            Millis millis = timing.get();
            OptionalLong resident = anew ? ResidentMemory.peak() : OptionalLong.empty();
            return new Timed(millis, new Use(offHeap(room), resident, pauses.longestMillis()));
        }
    }

    /// Drops what the gate and earlier rows left on the heap. The notice of that collection is waited for, so that
    /// it does not count as a pause of what is timed.
    private static void drop() {
        try (Pauses heard = new Pauses()) {
            System.gc();
            heard.longestMillis();
        }
    }

    private Map<Purpose, Long> offHeap(Memory room) {
        Map<Purpose, Long> bytes = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            long most = memory.live(purpose) + room.peak(purpose);
            if (most > 0) bytes.put(purpose, most);
        }
        return bytes;
    }
}
