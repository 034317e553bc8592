package dev.hypha.bench;

import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// What gives a number per edge and head: sums and dot products of both ends, and the softmax over each node's edges.
public class EdgeJmh extends GraphBenchmark {
    @Param("8")
    public int heads;

    @Param("64")
    public int width;

    @Override
    void prepareOnEdges() {
        input("scores", edges.edges(), heads);
        input("left", edges.rows(), width);
        input("right", edges.cols(), width);
        gate(terms(), this::softmax);
        gate(Math.max(terms(), width), this::dots);
        gate(terms(), this::sums);
    }

    private Tensor softmax(Tape tape) {
        Tensor weights = tape.parameter(parameters.get("scores")).edgeSoftmax(edges);
        // The sum of weights does not depend on the scores; that of their squares does.
        return weights.multiply(weights);
    }

    private Tensor dots(Tape tape) {
        return tape.parameter(parameters.get("left")).edgeDot(edges, heads, tape.parameter(parameters.get("right")));
    }

    private Tensor sums(Tape tape) {
        Tensor left = tape.parameter(parameters.get("left")).sliceColumns(0, heads);
        return left.edgeSum(edges, tape.parameter(parameters.get("right")).sliceColumns(0, heads));
    }

    @Benchmark
    public void edgeSoftmax() {
        forward(tape -> tape.parameter(parameters.get("scores")).edgeSoftmax(edges));
    }

    @Benchmark
    public void edgeSoftmaxAndGradient() {
        gradient(this::softmax);
    }

    @Benchmark
    public void edgeDot() {
        forward(this::dots);
    }

    @Benchmark
    public void edgeDotAndGradients() {
        gradient(this::dots);
    }

    @Benchmark
    public void edgeSum() {
        forward(this::sums);
    }
}
