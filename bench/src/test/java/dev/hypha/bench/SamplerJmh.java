package dev.hypha.bench;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.sampling.Candidates;
import dev.hypha.graph.sampling.DegreeNegatives;
import dev.hypha.graph.sampling.InducedSampler;
import dev.hypha.graph.sampling.LaborSampler;
import dev.hypha.graph.sampling.NegativeSampler;
import dev.hypha.graph.sampling.PprScopeSampler;
import dev.hypha.graph.sampling.RandomWalks;
import dev.hypha.graph.sampling.TwoHopNegatives;
import dev.hypha.graph.sampling.UniformNegatives;
import dev.hypha.graph.sampling.UniformSampler;
import dev.hypha.graph.sampling.WeightedSampler;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Memory;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Samplers: a batch of seeds each time, with another key. What they must give is in the contracts of the samplers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SamplerJmh {
    private static final int FAN_OUT = 10;
    private static final int NEGATIVES = 5;

    @Param("20000")
    public int nodes;

    @Param("1024")
    public int seeds;

    private Neighbors graph;
    private Neighbors weighted;
    private NegativeSampler byDegree;
    private int[] batch;
    private int[] partners;
    private long key;

    /// Makes the graph and the seeds.
    @Setup(Level.Trial)
    public void open() {
        try (Memory memory = Memory.unlimited();
                BenchGraph made = BenchGraphs.of(GraphBenchmark.law(nodes), memory)) {
            Csr edges = made.edges().pattern();
            graph = NeighborLists.of(edges.offsets(), edges.indices());
        }
        SplittableRandom random = new SplittableRandom(1);
        float[] weights = new float[(int) graph.edges()];
        for (int i = 0; i < weights.length; i++) weights[i] = (float) random.nextDouble();
        weighted = graph.withWeights(weights);
        batch = random.ints(seeds, 0, nodes).toArray();
        partners = random.ints(seeds, 0, nodes).toArray();
        byDegree = DegreeNegatives.of(graph, Candidates.nodes(nodes), 0.75);
    }

    @Benchmark
    public Object uniform() {
        return new UniformSampler(FAN_OUT, FAN_OUT).sample(graph, batch, key++);
    }

    @Benchmark
    public Object weighted() {
        return new WeightedSampler(FAN_OUT, FAN_OUT).sample(weighted, batch, key++);
    }

    @Benchmark
    public Object labor() {
        return new LaborSampler(1, FAN_OUT, FAN_OUT).sample(graph, batch, key++);
    }

    @Benchmark
    public Object personalisedPageRankScope() {
        return new PprScopeSampler(0.2, 1e-4, 50, 2).sample(graph, batch, key++);
    }

    @Benchmark
    public Object induced() {
        return new InducedSampler(2).sample(graph, batch, key++);
    }

    @Benchmark
    public Object uniformNegatives() {
        return new UniformNegatives(Candidates.nodes(nodes)).sample(graph, batch, partners, NEGATIVES, key++);
    }

    @Benchmark
    public Object degreeNegatives() {
        return byDegree.sample(graph, batch, partners, NEGATIVES, key++);
    }

    @Benchmark
    public Object twoHopNegatives() {
        return new TwoHopNegatives().sample(graph, batch, partners, NEGATIVES, key++);
    }

    @Benchmark
    public Object randomWalks() {
        return new RandomWalks(FAN_OUT).sample(graph, batch, key++);
    }
}
