package dev.hypha.bench;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.function.Supplier;

/// What a benchmark runs on.
///
/// @param provider of the kernels under test, with its threads
/// @param graph that graph benchmarks run on, made when it is first asked for
/// @param memory for what benchmarks hold
/// @param seconds to time each for
public record Setting(KernelProvider provider, Supplier<BenchGraph> graph, Memory memory, double seconds) {}
