package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DrewTest {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        compare(Map.of("hidden", "4", "layers", "3"), 1, 64);
        compare(Map.of("hidden", "4", "layers", "4", "undelayed", "2", "most-hops", "3"), 2, 3);
        compare(Map.of("hidden", "4", "layers", "3", "undelayed", "0"), 1000, 64);
    }

    /// The check: with one hop it is the base network, whatever the rate.
    @Test
    void withOneHopItIsAResidualGcn() {
        compare(Map.of("hidden", "4", "layers", "3", "most-hops", "1"), 5, 1);
    }

    private static void compare(Map<String, String> options, int rate, int mostHops) {
        Drew model = Options.read(Drew.class, options);
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            for (int i = 0; i < SmallGraph.NODES; i++) {
                double[] expected =
                        graph.bias(graph.times(slow(graph, model.layers(), i, rate, mostHops), "answer"), "answer");
                for (int c = 0; c < 2; c++) {
                    assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[c], within(1e-3));
                }
            }
        }
    }

    private static double[] slow(SmallGraph graph, int layer, int i, int rate, int mostHops) {
        if (layer == 0) return graph.bias(graph.times(graph.features(i), "read"), "read");
        String name = "layer" + (layer - 1);
        double[] sum = new double[4];
        for (int k = 1; k <= Math.min(layer, mostHops); k++) {
            Set<Integer> heard = at(i, k);
            heard.add(i);
            for (int j : heard) {
                double weight = 1 / Math.sqrt((at(i, k).size() + 1.0) * (at(j, k).size() + 1.0));
                int state = layer - 1 - Math.max(0, k - rate);
                sum = add(sum, weight, graph.times(slow(graph, state, j, rate, mostHops), name + ".hop" + k));
            }
        }
        return add(slow(graph, layer - 1, i, rate, mostHops), 1, SmallGraph.relu(graph.bias(sum, name)));
    }

    /// The nodes from which the shortest way of edges to i has k steps.
    private static Set<Integer> at(int i, int k) {
        Set<Integer> seen = new TreeSet<>(Set.of(i));
        Set<Integer> front = new TreeSet<>(Set.of(i));
        for (int step = 0; step < k; step++) {
            Set<Integer> next = new TreeSet<>();
            for (int node : front) for (int j : SmallGraph.INTO[node]) next.add(j);
            next.removeAll(seen);
            seen.addAll(next);
            front = next;
        }
        return front;
    }

    /// The check on RingTransfer: rings of 20 nodes, of which one has to say what the opposite one has as its feature.
    @Test
    void carriesAClassAcrossARing() {
        Map<String, String> options = Map.of("hidden", "16", "layers", "10", "dropout", "0");
        double delayed = Rings.accuracy(Options.read(Drew.class, options));
        double gcn = Rings.accuracy(Options.read(Gcn.class, options));
        assertThat(delayed).isGreaterThanOrEqualTo(0.95);
        // Five classes: chance is 0.2.
        assertThat(gcn).isLessThan(0.35);
    }
}
