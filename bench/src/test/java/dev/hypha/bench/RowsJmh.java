package dev.hypha.bench;

import dev.hypha.tensor.AdamW;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.OptimizerState;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// What passes over the rows of a matrix: elementwise operations, normalisation, dropout, gathering, the
/// optimiser. Each is bound by how often it reads and writes memory.
public class RowsJmh extends KernelBenchmark {
    @Param("20000")
    public int rows;

    @Param({"64", "100"})
    public int width;

    private Matrix running;
    private int[] picked;
    private OptimizerState optimizer;

    @Override
    void prepare() {
        input("x", rows, width);
        input("bias", 1, width);
        input("scale", 1, width);
        running = Matrix.of(memory, Purpose.WORKSPACE, 2, width);
        picked = indices(rows, rows);
        gate(rows, this::biased);
        gate(rows, this::exponential);
        gate(rows, this::dropped);
        gate(rows, this::layerNormal);
        gate(rows, this::batchNormal);
        gate(rows, this::gathered);
        gateOptimizer();
    }

    private void gateOptimizer() {
        Matrix x = parameters.get("x").value();
        float[] before = x.toArray();
        optimizer = new AdamW(1e-3f, 1e-2f).start(parameters, memory);
        optimizer.step(plain());
        float[] expected = TrainingBenchmarks.numbers(parameters, Parameter::value);
        x.copyFrom(before);
        optimizer.close();
        optimizer = new AdamW(1e-3f, 1e-2f).start(parameters, memory);
        optimizer.step(provider());
        float[] fast = x.toArray();
        Gate.equal("weights", Arrays.copyOf(expected, fast.length), fast, 10);
    }

    private Tensor x(Tape tape) {
        return tape.parameter(parameters.get("x"));
    }

    private Tensor row(Tape tape, String name) {
        return tape.parameter(parameters.get(name));
    }

    private Tensor biased(Tape tape) {
        return x(tape).addBias(row(tape, "bias")).relu();
    }

    private Tensor exponential(Tape tape) {
        return x(tape).elu(1);
    }

    private Tensor dropped(Tape tape) {
        return x(tape).dropout(0.5f, 7);
    }

    private Tensor layerNormal(Tape tape) {
        return x(tape).layerNorm(row(tape, "scale"), row(tape, "bias"), 1e-5f);
    }

    private Tensor batchNormal(Tape tape) {
        return x(tape).batchNorm(row(tape, "scale"), row(tape, "bias"), running, 0.1f, 1e-5f, true);
    }

    private Tensor gathered(Tape tape) {
        return x(tape).gather(picked);
    }

    @Benchmark
    public void biasReluAndGradients() {
        gradient(this::biased);
    }

    @Benchmark
    public void eluAndGradient() {
        gradient(this::exponential);
    }

    @Benchmark
    public void dropoutAndGradient() {
        gradient(this::dropped);
    }

    @Benchmark
    public void layerNormAndGradients() {
        gradient(this::layerNormal);
    }

    @Benchmark
    public void batchNormAndGradients() {
        gradient(this::batchNormal);
    }

    @Benchmark
    public void gather() {
        forward(this::gathered);
    }

    @Benchmark
    public void gatherAndGradient() {
        gradient(this::gathered);
    }

    @Benchmark
    public void adamW() {
        optimizer.step(provider());
    }
}
