package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every [Sampler]: a new one gets its line in [#samplers].
class SamplerContractTest {
    static List<Sampler> samplers() {
        return List.of(
                new UniformSampler(),
                new UniformSampler(3),
                new UniformSampler(2, 5, 1),
                new UniformSampler(-1, -1),
                new UniformSampler(0, 4),
                new WeightedSampler(2, 5, 1),
                new WeightedSampler(-1, 0),
                new LaborSampler(0, 3, 2),
                new LaborSampler(2, -1, 2),
                new LaborSampler(LaborSampler.CONVERGED, 4, 0, 2),
                new InducedSampler(0),
                new InducedSampler(1),
                new InducedSampler(3),
                new PprNeighborSampler(0.2, 1e-4, 8),
                new PprScopeSampler(0.2, 1e-4, 8, 0),
                new PprScopeSampler(0.2, 1e-3, 3, 1),
                new PprScopeSampler(0.2, 1e-4, 8, 3));
    }

    /// A random graph with random seeds, some of them twice.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(long number, Neighbors graph, int[] seeds) {
        static Case of(long number) {
            var random = new Random(number);
            Neighbors graph = random.nextBoolean() ? SmallGraph.random(random) : SmallGraph.symmetric(random);
            if (random.nextInt(3) == 0) {
                graph = SmallGraph.weighted(graph, random);
            }
            int count = graph.targets() == 0 ? 0 : random.nextInt(12);
            int[] seeds = count == 0
                    ? new int[0]
                    : random.ints(count, 0, graph.targets()).toArray();
            return new Case(number, graph, seeds);
        }

        Blocks sample(Sampler sampler) {
            return sampler.sample(graph, seeds, number);
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void theBatchIsAPartOfTheGraph(Sampler sampler) {
        for (long number = 0; number < 200; number++) {
            Case each = Case.of(number);
            Blocks blocks = each.sample(sampler);
            assertThat(blocks.hops()).as("case %d", number).isEqualTo(sampler.hops());
            BlocksCheck.check(each.graph, each.seeds, blocks);
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void theSameKeyGivesTheSameBatchOnAnyThread(Sampler sampler) {
        List<Blocks> alone =
                IntStream.range(0, 60).mapToObj(i -> Case.of(i).sample(sampler)).toList();
        List<Blocks> together = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> Case.of(i).sample(sampler))
                .toList();
        for (int i = 0; i < alone.size(); i++) {
            BlocksCheck.same(alone.get(i), together.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void howTheGraphIsStoredMakesNoDifference(Sampler sampler) {
        for (long number = 0; number < 40; number++) {
            Case each = Case.of(number);
            if (!each.graph.weighted()) {
                BlocksCheck.same(each.sample(sampler), sampler.sample(wide(each.graph), each.seeds, number));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void noSeedsAndNoEdgesAreNoSpecialCase(Sampler sampler) {
        Neighbors empty = NeighborLists.of(new int[] {0}, new int[0]);
        BlocksCheck.check(empty, new int[0], sampler.sample(empty, new int[0], 1));
        Neighbors isolated = SmallGraph.of(new int[0], new int[0], new int[] {2});
        int[] seeds = {1, 2, 1};
        BlocksCheck.check(isolated, seeds, sampler.sample(isolated, seeds, 1));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void seedsMustBeNodes(Sampler sampler) {
        Neighbors graph = SmallGraph.of(new int[] {1}, new int[] {0});
        assertThatThrownBy(() -> sampler.sample(graph, new int[] {0, 2}, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sampler.sample(graph, new int[] {-1}, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /// The same lists with 64-bit offsets.
    private static Neighbors wide(Neighbors graph) {
        long[] offsets = IntStream.rangeClosed(0, graph.targets())
                .mapToLong(i -> i == 0 ? 0 : graph.end(i - 1))
                .toArray();
        int[] sources =
                IntStream.range(0, (int) graph.edges()).map(graph::source).toArray();
        return NeighborLists.of(offsets, sources);
    }
}
