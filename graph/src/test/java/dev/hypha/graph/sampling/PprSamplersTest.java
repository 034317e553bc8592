package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PprSamplersTest {
    private static final double RESTART = 0.25;

    @Test
    void neighborsAreTheNodesOfHighestScore() {
        for (long number = 0; number < 60; number++) {
            Neighbors graph = SmallGraph.symmetric(new Random(number));
            int[] seeds = {0, graph.targets() - 1, graph.targets() / 2};
            Blocks blocks = new PprNeighborSampler(RESTART, 1e-12, 5).sample(graph, seeds, 1);
            for (int row = 0; row < blocks.ends()[0]; row++) {
                double[] exact = ForwardPushTest.power(graph, blocks.nodes()[row], RESTART);
                double[] highest =
                        Arrays.stream(exact).filter(score -> score > 0).sorted().toArray();
                int count = blocks.offsets()[row + 1] - blocks.offsets()[row];
                assertThat(count).isEqualTo(Math.min(5, highest.length));
                for (int i = 0; i < count; i++) {
                    int edge = blocks.offsets()[row] + i;
                    double score = exact[blocks.nodes()[blocks.sources()[edge]]];
                    assertThat(score - highest[highest.length - 1 - i]).isBetween(-1e-9, 1e-9);
                    assertThat(blocks.weights()[edge] - score).isBetween(-1e-6, 1e-6);
                }
            }
        }
    }

    @Test
    void aScopeHoldsAllEdgesBetweenItsNodesAndNoOther() {
        for (long number = 0; number < 60; number++) {
            var random = new Random(number);
            Neighbors graph = SmallGraph.random(random);
            int[] seeds =
                    IntStream.range(0, graph.targets()).filter(i -> i % 4 == 0).toArray();
            Blocks blocks = new PprScopeSampler(RESTART, 1e-5, 6, 2).sample(graph, seeds, 1);
            assertThat(blocks.seedRows())
                    .containsExactly(IntStream.range(0, seeds.length).toArray());
            for (int i = 0; i < seeds.length; i++) {
                checkScope(graph, blocks, i);
            }
        }
    }

    private static void checkScope(Neighbors graph, Blocks blocks, int index) {
        Set<Integer> scope = new HashSet<>();
        IntStream.range(0, blocks.nodes().length)
                .filter(local -> blocks.seedOf()[local] == index)
                .forEach(local -> scope.add(blocks.nodes()[local]));
        assertThat(scope.size()).isLessThanOrEqualTo(7);
        Set<Long> edges = new HashSet<>();
        for (int node : scope) {
            for (long i = graph.begin(node); i < graph.end(node); i++) {
                if (scope.contains(graph.source(i))) {
                    edges.add(i);
                }
            }
        }
        Set<Long> found = new HashSet<>();
        for (int row = 0; row + 1 < blocks.offsets().length; row++) {
            for (int i = blocks.offsets()[row]; i < blocks.offsets()[row + 1]; i++) {
                if (blocks.seedOf()[row] == index) {
                    assertThat(found.add(blocks.positions()[i])).isTrue();
                }
            }
        }
        assertThat(found).isEqualTo(edges);
    }

    @Test
    void aScopeDoesNotDependOnItsBatch() {
        Neighbors graph = SmallGraph.symmetric(new Random(9));
        var sampler = new PprScopeSampler(RESTART, 1e-5, 6, 3);
        int[] seeds = {3, 0, 3};
        Blocks together = sampler.sample(graph, seeds, 1);
        for (int i = 0; i < seeds.length; i++) {
            int index = i;
            int[] own = IntStream.range(0, together.nodes().length)
                    .filter(local -> together.seedOf()[local] == index)
                    .map(local -> together.nodes()[local])
                    .toArray();
            assertThat(own)
                    .containsExactly(
                            sampler.sample(graph, new int[] {seeds[i]}, 2).nodes());
        }
    }

    /// Other names for the nodes give the same scopes by their new names; the weights keep scores from being
    /// equal.
    @Test
    void theNumbersOfTheNodesMakeNoDifference() {
        for (long number = 0; number < 60; number++) {
            var random = new Random(number);
            Neighbors graph = SmallGraph.symmetric(random);
            float[] weights = new float[(int) graph.edges()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextFloat();
            }
            int[] names = UniformSamplerTest.shuffled(graph.targets(), random);
            int[] seeds = {0, graph.targets() - 1};
            int[] renamed = {names[0], names[graph.targets() - 1]};
            var sampler = new PprScopeSampler(RESTART, 1e-9, 6, 2);
            int[] expected = Arrays.stream(
                            sampler.sample(graph.withWeights(weights), seeds, 1).nodes())
                    .map(node -> names[node])
                    .toArray();
            Neighbors other = SmallGraph.renamed(graph.withWeights(weights), names);
            assertThat(sampler.sample(other, renamed, 1).nodes())
                    .as("case %d", number)
                    .containsExactly(expected);
        }
    }

    @Test
    void everyLayerButTheLastComputesTheWholeScope() {
        Neighbors triangle = SmallGraph.of(new int[] {1, 2}, new int[] {0, 2}, new int[] {0, 1});
        Blocks blocks = new PprScopeSampler(RESTART, 1e-9, 9, 3).sample(triangle, new int[] {1, 2}, 1);
        assertThat(blocks.nodes()).containsExactly(1, 2, 0, 2, 0, 1);
        assertThat(blocks.seedOf()).containsExactly(0, 1, 0, 0, 1, 1);
        assertThat(blocks.ends()).containsExactly(2, 6, 6, 6);
        assertThat(blocks.sources()).containsExactly(2, 3, 4, 5, 0, 3, 2, 0, 5, 1, 4, 1);
    }

    @Test
    void refusesWhatIsNoScope() {
        assertThatThrownBy(() -> new PprScopeSampler(0, 1e-4, 3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PprScopeSampler(0.2, 0, 3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PprScopeSampler(0.2, 1e-4, -1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PprNeighborSampler(1.5, 1e-4, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
