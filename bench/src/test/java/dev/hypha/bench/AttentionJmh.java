package dev.hypha.bench;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// The fused attention pass in its three forms.
public class AttentionJmh extends GraphBenchmark {
    @Param({"GAT", "GATV2", "DOT"})
    public Attention.Form form;

    @Param("8")
    public int heads;

    @Param("64")
    public int width;

    @Override
    void prepareOnEdges() {
        int scored = form == Attention.Form.GAT ? heads : width;
        input("values", edges.cols(), width);
        input("left", edges.rows(), scored);
        input("right", edges.cols(), scored);
        if (form == Attention.Form.GATV2) input("vector", 1, width);
        gate(Math.max(terms(), edges.rows()), this::attended);
    }

    private Tensor attended(Tape tape) {
        Tensor vector = form == Attention.Form.GATV2 ? tape.parameter(parameters.get("vector")) : null;
        Tensor sums = tape.parameter(parameters.get("values"))
                .attend(
                        edges,
                        new Attention(form, heads, 0.2f),
                        tape.parameter(parameters.get("left")),
                        tape.parameter(parameters.get("right")),
                        vector);
        return sums.multiply(sums);
    }

    @Benchmark
    public void attention() {
        forward(this::attended);
    }

    @Benchmark
    public void attentionAndGradients() {
        gradient(this::attended);
    }
}
