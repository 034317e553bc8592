package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Kernels;
import dev.hypha.tensor.Matrix;
import java.util.List;

/// One row of the table that [KernelContractTest] goes through.
///
/// @param extent where the ranges of the kernel end
/// @param terms how many numbers go into one sum
record KernelRow(String name, int extent, int terms, Call call) {
    /// Runs one kernel on fresh outputs and gives them back.
    @FunctionalInterface
    interface Call {
        List<Matrix> run(Kernels kernels, RandomMatrices random, int from, int to);
    }
}
