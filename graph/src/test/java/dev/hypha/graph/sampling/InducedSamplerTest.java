package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Neighbors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InducedSamplerTest {
    @Test
    void holdsEveryEdgeBetweenTwoSeeds() {
        for (long number = 0; number < 100; number++) {
            var random = new Random(number);
            Neighbors graph = SmallGraph.random(random);
            int[] seeds = Arrays.copyOf(
                    UniformSamplerTest.shuffled(graph.targets(), random), random.nextInt(graph.targets() + 1));
            List<Integer> chosen = Arrays.stream(seeds).boxed().toList();
            List<Long> edges = new ArrayList<>();
            for (int seed : seeds) {
                for (long i = graph.begin(seed); i < graph.end(seed); i++) {
                    if (chosen.contains(graph.source(i))) {
                        edges.add(i);
                    }
                }
            }
            Blocks blocks = new InducedSampler(2).sample(graph, seeds, number);
            assertThat(blocks.nodes()).containsExactly(seeds);
            assertThat(blocks.ends()).containsOnly(seeds.length);
            assertThat(blocks.positions()).containsExactly(edges.toArray(new Long[0]));
        }
    }

    @Test
    void ofAllNodesIsTheGraphWithItsWeights() {
        Neighbors graph = SmallGraph.of(new int[] {0, 1}, new int[] {0}).withWeights(new float[] {1, 2, 3});
        Blocks blocks = new InducedSampler(1).sample(graph, new int[] {0, 1}, 1);
        assertThat(blocks.offsets()).containsExactly(0, 2, 3);
        assertThat(blocks.sources()).containsExactly(0, 1, 0);
        assertThat(blocks.weights()).containsExactly(1, 2, 3);
    }

    @Test
    void refusesANegativeNumberOfHops() {
        assertThatThrownBy(() -> new InducedSampler(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
