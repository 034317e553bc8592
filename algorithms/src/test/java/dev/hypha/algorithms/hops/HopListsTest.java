package dev.hypha.algorithms.hops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.algorithms.Graphs;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import dev.hypha.graph.Neighbors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Distances against Floyd and Warshall, and the schedule against the paper's picture of it.
class HopListsTest {
    @Test
    void listsHoldWhatIsExactlySoFarAway() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            SimpleGraph graph = Graphs.random(1 + random.nextInt(25), 0.12, random);
            int[][] distances = Graphs.distances(graph);
            List<Neighbors> lists = HopLists.of(graph, 5, 1000, new Threads(1 + (int) (seed % 3)));
            assertThat(lists).hasSize(5);
            for (int hop = 1; hop <= 5; hop++) {
                Neighbors list = lists.get(hop - 1);
                assertThat(list.sorted()).isTrue();
                long entries = 0;
                for (int u = 0; u < graph.nodes(); u++) {
                    for (int v = 0; v < graph.nodes(); v++) {
                        boolean there = distances[u][v] == hop;
                        assertThat(list.contains(u, v)).as("seed %d", seed).isEqualTo(there);
                        entries += there ? 1 : 0;
                    }
                }
                assertThat(list.edges()).isEqualTo(entries);
            }
        }
    }

    @Test
    void listsThatWouldBeTooLongAreRefused() {
        SimpleGraph clique = Graphs.clique(40);
        assertThat(HopLists.of(clique, 2, 40 * 39, Threads.ONE).getLast().edges())
                .isZero();
        assertThatThrownBy(() -> HopLists.of(clique, 2, 40 * 39 - 1, Threads.ONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at most 2 steps apart");
    }

    @Test
    void statesAreAsOldAsTheWayIsLong() {
        var delayed = new DelaySchedule(4, 1, 9);
        for (int layer = 0; layer < 4; layer++) {
            assertThat(delayed.hops(layer)).isEqualTo(layer + 1);
            for (int hop = 1; hop <= delayed.hops(layer); hop++) {
                assertThat(delayed.state(layer, hop)).isEqualTo(layer - hop + 1).isNotNegative();
            }
        }
        // What is so many steps away is heard at the same layer at which single steps would bring it.
        assertThat(delayed.state(3, 4)).isZero();
        var undelayed = new DelaySchedule(4, DelaySchedule.NO_DELAY, 9);
        assertThat(undelayed.state(3, 4)).isEqualTo(3);
        var half = new DelaySchedule(6, 2, 4);
        assertThat(half.state(5, 1)).isEqualTo(5);
        assertThat(half.state(5, 2)).isEqualTo(5);
        assertThat(half.state(5, 3)).isEqualTo(4);
        assertThat(half.hops(5)).isEqualTo(4);
        assertThat(half.hops()).isEqualTo(4);
    }

    @Test
    void withOneHopItIsOrdinaryMessagePassing() {
        var plain = new DelaySchedule(5, 1, 1);
        for (int layer = 0; layer < 5; layer++) {
            assertThat(plain.hops(layer)).isOne();
            assertThat(plain.state(layer, 1)).isEqualTo(layer);
        }
    }
}
