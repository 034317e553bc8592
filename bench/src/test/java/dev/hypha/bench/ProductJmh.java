package dev.hypha.bench;

import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// Dense products, alone and with both gradients, whose operands are transposed.
public class ProductJmh extends KernelBenchmark {
    /// Rows, inner size and columns.
    @Param({"512x512x512", "2708x1433x64", "20000x128x64", "20000x64x7"})
    public String shape;

    @Override
    void prepare() {
        String[] sizes = shape.split("x", -1);
        int inner = Integer.parseInt(sizes[1]);
        input("left", Integer.parseInt(sizes[0]), inner);
        input("right", inner, Integer.parseInt(sizes[2]));
        gate(Math.max(inner, parameters.get("left").value().rows()), this::times);
    }

    private Tensor times(Tape tape) {
        return tape.parameter(parameters.get("left")).times(tape.parameter(parameters.get("right")));
    }

    @Benchmark
    public void product() {
        forward(this::times);
    }

    @Benchmark
    public void productAndGradients() {
        gradient(this::times);
    }
}
