package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Batches large enough that every array and table of the scratch grows, between small ones.
class LargeSampleTest {
    private static final int NODES = 30_000;

    private static Neighbors graph() {
        var random = new Random(6);
        int[] offsets = new int[NODES + 1];
        for (int i = 0; i < NODES; i++) {
            offsets[i + 1] = offsets[i] + (i % 100 == 0 ? 300 : random.nextInt(12));
        }
        return NeighborLists.of(offsets, random.ints(offsets[NODES], 0, NODES).toArray());
    }

    @Test
    void allNeighborsAreWhatBreadthFirstSearchFinds() {
        Neighbors graph = graph();
        int[] seeds = {0, 17, 100, 29_999};
        Blocks blocks = new UniformSampler(-1, -1, -1).sample(graph, seeds, 1);
        var met = new BitSet();
        Arrays.stream(seeds).forEach(met::set);
        for (int hop = 0; hop <= 3; hop++) {
            assertThat(blocks.ends()[hop]).isEqualTo(met.cardinality());
            for (int node : met.stream().toArray()) {
                for (long i = graph.begin(node); i < graph.end(node); i++) {
                    met.set(graph.source(i));
                }
            }
        }
    }

    @Test
    void samplesAreWellFormed() {
        Neighbors graph = graph();
        int[] many = IntStream.range(0, NODES).filter(i -> i % 7 == 0).toArray();
        int[] few = {5, 400};
        List<Sampler> samplers = List.of(
                new UniformSampler(40, 5),
                new WeightedSampler(10, 5),
                new LaborSampler(1, 10, 5),
                new InducedSampler(2),
                new PprScopeSampler(0.3, 1e-3, 5, 2));
        for (Sampler sampler : samplers) {
            Blocks before = sampler.sample(graph, few, 2);
            BlocksCheck.check(graph, many, sampler.sample(graph, many, 1));
            BlocksCheck.same(before, sampler.sample(graph, few, 2));
        }
    }
}
