package dev.hypha.bench;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// Losses with their gradients.
public class LossJmh extends KernelBenchmark {
    @Param("20000")
    public int rows;

    @Param({"7", "40"})
    public int outputs;

    private int[] classes;
    private Matrix targets;

    @Override
    void prepare() {
        input("logits", rows, outputs);
        classes = indices(rows, outputs);
        targets = Matrix.of(memory, Purpose.WORKSPACE, rows, outputs);
        for (long i = 0; i < targets.size(); i++) targets.put(i, i % 3 == 0 ? 1 : 0);
        gate(rows, this::crossEntropy);
        gate(rows, this::binary);
        gate(rows, this::squared);
    }

    private Tensor logits(Tape tape) {
        return tape.parameter(parameters.get("logits"));
    }

    private Tensor crossEntropy(Tape tape) {
        return logits(tape).softmaxCrossEntropy(classes);
    }

    private Tensor binary(Tape tape) {
        return logits(tape).binaryCrossEntropyWithLogits(tape.constant(targets));
    }

    private Tensor squared(Tape tape) {
        return logits(tape).meanSquared(tape.constant(targets));
    }

    @Benchmark
    public void softmaxCrossEntropy() {
        gradient(this::crossEntropy);
    }

    @Benchmark
    public void binaryCrossEntropy() {
        gradient(this::binary);
    }

    @Benchmark
    public void meanSquared() {
        gradient(this::squared);
    }
}
