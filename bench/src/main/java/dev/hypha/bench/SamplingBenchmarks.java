package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.sampling.Blocks;
import dev.hypha.graph.sampling.LaborSampler;
import dev.hypha.graph.sampling.Sampler;
import dev.hypha.graph.sampling.UniformSampler;
import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Prefetch;
import dev.hypha.learn.SampledGraph;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Batches of sampled neighbors as training gets them, made ahead on all threads, without the training.
final class SamplingBenchmarks {
    static final int SEEDS = 1024;
    static final int FAN_OUT = 10;
    private static final int GATED = 64;

    private SamplingBenchmarks() {}

    static List<Benchmark> all() {
        String size = FAN_OUT + " neighbors twice around " + SEEDS + " seeds";
        UniformSampler uniform = new UniformSampler(FAN_OUT, FAN_OUT);
        return List.of(
                new Benchmark("sample/uniform", "samples " + size, s -> sampled(s, uniform, false)),
                new Benchmark(
                        "sample/labor",
                        "samples about " + size + " by LABOR-1",
                        s -> sampled(s, new LaborSampler(1, FAN_OUT, FAN_OUT), false)),
                new Benchmark(
                        "sample/features",
                        "samples " + size + " and gathers features",
                        s -> sampled(s, uniform, true)));
    }

    private static Measured sampled(Setting setting, Sampler sampler, boolean gather) {
        BenchGraph graph = setting.graph().get();
        Csr edges = graph.edges().pattern();
        Neighbors lists = NeighborLists.of(edges.offsets(), edges.indices());
        int[] seeds = graph.training();
        SampledGraph source = new SampledGraph(graph.features(), lists, sampler, seeds, new float[0]);
        String gate = gate(lists, sampler, Arrays.copyOf(seeds, Math.min(GATED, seeds.length)));
        int size = Math.min(SEEDS, seeds.length);
        int steps = seeds.length / size;
        long[] nodes = new long[1];
        try (Memory room = setting.room();
                Workspace workspace = new Workspace(room);
                Weights weights = new Weights(room, 0)) {
            Consumer<NodeBatch> take = batch -> {
                nodes[0] += batch.layer(0).sources();
                if (gather) gather(setting, workspace, weights, batch);
            };
            long[] pass = new long[1];
            Timed all = setting.time(room, () -> {
                nodes[0] = 0;
                pass(setting, source, size, steps, pass[0]++, take);
            });
            Millis millis = all.millis().per(steps);
            long gathered = nodes[0] / steps;
            long bytes =
                    4 * gathered + (gather ? 8 * gathered * graph.features().cols() : 0);
            return new Measured(
                            graph.size() + ", a batch of " + size + " seeds",
                            new Timed(millis, all.use()),
                            bytes,
                            0,
                            gate)
                    .with("seedsPerSecond", 1e3 * size / millis.median())
                    .with("nodesPerBatch", (double) gathered);
        }
    }

    private static void gather(Setting setting, Workspace workspace, Weights weights, NodeBatch batch) {
        try (Tape tape = new Tape(setting.provider(), workspace, false)) {
            new Context(tape, weights, 1, false, 0).features(batch);
            tape.run();
        }
    }

    /// One pass over all seeds but the last few, which fill no batch.
    private static void pass(
            Setting setting, SampledGraph source, int size, int steps, long key, Consumer<NodeBatch> take) {
        int[] rows = new int[source.count()];
        Arrays.setAll(rows, i -> i);
        try (Prefetch<NodeBatch> batches = new Prefetch<>(
                steps,
                setting.provider().threads(),
                i -> source.batch(Arrays.copyOfRange(rows, i * size, (i + 1) * size), key * steps + i))) {
            while (batches.hasNext()) take.accept(batches.next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Every sampled edge is one of the graph, and no node has more of them than it has there.
    private static String gate(Neighbors graph, Sampler sampler, int[] seeds) {
        Blocks blocks = sampler.sample(graph, seeds, 1);
        int[] nodes = blocks.nodes();
        for (int i = 0; i + 1 < blocks.offsets().length; i++) {
            int degree = blocks.offsets()[i + 1] - blocks.offsets()[i];
            if (degree > graph.degree(nodes[i])) {
                throw new IllegalStateException(
                        "node " + nodes[i] + " has " + degree + " sampled edges, more than it has");
            }
            for (int e = blocks.offsets()[i]; e < blocks.offsets()[i + 1]; e++) {
                int source = nodes[blocks.sources()[e]];
                if (!graph.contains(nodes[i], source)) {
                    throw new IllegalStateException("no edge leads from " + source + " to " + nodes[i]);
                }
            }
        }
        return blocks.sources().length + " sampled edges are edges of the graph";
    }
}
