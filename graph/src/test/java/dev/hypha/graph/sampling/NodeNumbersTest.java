package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeNumbersTest {
    /// Batches of very different sizes one after the other, so that the table grows and shrinks.
    @Test
    void numbersAreThoseOfAMap() {
        var numbers = new NodeNumbers();
        for (long round = 0; round < 60; round++) {
            var random = new Random(round);
            int draws = 1 << random.nextInt(17);
            int bound = random.nextBoolean() ? 1 << 10 : Integer.MAX_VALUE;
            Map<Integer, Integer> expected = new LinkedHashMap<>();
            numbers.clear();
            for (int i = 0; i < draws; i++) {
                int node = random.nextInt(bound);
                Integer known = expected.putIfAbsent(node, expected.size());
                if (numbers.find(node) != (known == null ? -1 : known)) {
                    throw new AssertionError("round " + round + ": " + node + " found before its time");
                }
                if (numbers.number(node) != expected.get(node)) {
                    throw new AssertionError("round " + round + ": wrong number of " + node);
                }
            }
            assertThat(numbers.size()).isEqualTo(expected.size());
            assertThat(numbers.toArray())
                    .as("round %d", round)
                    .containsExactly(expected.keySet().toArray(new Integer[0]));
            assertThat(numbers.find(bound == 1 << 10 ? 1 << 20 : -1)).isEqualTo(-1);
        }
    }
}
