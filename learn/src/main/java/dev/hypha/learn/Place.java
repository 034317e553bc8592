package dev.hypha.learn;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;

/// Where work is done.
///
/// @param provider the kernels
/// @param memory what it may take off the heap
/// @param progress told how far it is
public record Place(KernelProvider provider, Memory memory, Progress progress) {}
