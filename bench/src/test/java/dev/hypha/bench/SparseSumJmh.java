package dev.hypha.bench;

import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// The generalised sparse-dense product: reductions and messages, at widths that are and are not multiples of a vector.
public class SparseSumJmh extends GraphBenchmark {
    @Param({"1", "7", "16", "33", "64", "96", "100", "128", "207", "256", "702"})
    public int width;

    private Scaling scaling;

    @Override
    void prepareOnEdges() {
        Parameter values = input("values", edges.cols(), width);
        input("weights", edges.edges(), 1);
        float[] factors = new float[edges.rows()];
        Arrays.fill(factors, 0.5f);
        scaling = new Scaling(factors, factors);
        gate(terms(), this::sum);
        gate(terms(), this::mean);
        gate(terms(), this::maximum);
        gate(terms(), this::scaled);
        gate(Math.max(terms(), values.value().cols()), this::weighed);
    }

    private Tensor values(Tape tape) {
        return tape.parameter(parameters.get("values"));
    }

    private Tensor sum(Tape tape) {
        return values(tape).spmm(edges, Reduce.SUM);
    }

    private Tensor mean(Tape tape) {
        return values(tape).spmm(edges, Reduce.MEAN);
    }

    private Tensor maximum(Tape tape) {
        return values(tape).spmm(edges, Reduce.MAX);
    }

    private Tensor scaled(Tape tape) {
        return values(tape).spmm(edges, scaling);
    }

    private Tensor weighed(Tape tape) {
        return values(tape).spmm(edges, tape.parameter(parameters.get("weights")));
    }

    @Benchmark
    public void copySum() {
        forward(this::sum);
    }

    @Benchmark
    public void copyMean() {
        forward(this::mean);
    }

    @Benchmark
    public void copyMax() {
        forward(this::maximum);
    }

    @Benchmark
    public void scaledSum() {
        forward(this::scaled);
    }

    @Benchmark
    public void weighedSum() {
        forward(this::weighed);
    }

    @Benchmark
    public void copySumAndGradient() {
        gradient(this::sum);
    }

    @Benchmark
    public void weighedSumAndGradients() {
        gradient(this::weighed);
    }
}
