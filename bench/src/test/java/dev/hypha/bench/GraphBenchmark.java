package dev.hypha.bench;

import dev.hypha.graph.generating.PowerLaw;
import dev.hypha.tensor.Csr;
import org.openjdk.jmh.annotations.Param;

/// What benchmarks on the edges of a graph share: a power-law graph with twenty edges per node.
public abstract class GraphBenchmark extends KernelBenchmark {
    private static final int DEGREE = 20;

    @Param("20000")
    public int nodes;

    Csr edges;

    @Override
    final void prepare() {
        try (BenchGraph graph = BenchGraphs.of(law(nodes), memory)) {
            edges = graph.edges().pattern();
        }
        prepareOnEdges();
    }

    abstract void prepareOnEdges();

    /// Terms of the sum of a node with many neighbors.
    final long terms() {
        long most = 1;
        for (int i = 0; i < edges.rows(); i++) most = Math.max(most, edges.degree(i));
        return most;
    }

    static PowerLaw law(int nodes) {
        return new PowerLaw(nodes, (long) nodes * DEGREE, 1, 2, Math.max(2, nodes / 500), 0.3, 1);
    }
}
