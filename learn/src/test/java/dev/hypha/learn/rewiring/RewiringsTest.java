package dev.hypha.learn.rewiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Csr;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RewiringsTest {
    @Test
    void namesMakeTheirRecords() {
        for (Rewirings.Entry entry : Rewirings.entries()) {
            assertThat(Rewirings.named(entry.name())).isSameAs(entry);
            assertThat((Object) entry.make(Map.of())).isEqualTo(Options.defaults(entry.type()));
            assertThat(entry.paper()).isNotBlank();
        }
        assertThatThrownBy(() -> Rewirings.named("brof"))
                .isInstanceOfSatisfying(
                        InputException.class,
                        e -> assertThat(e.hint()).contains("borf").contains("laser"));
        assertThatThrownBy(() -> Rewirings.named("laser").make(Map.of("part", "1.5")))
                .isInstanceOf(InputException.class);
    }

    static Stream<Rewirings.Entry> entries() {
        return Rewirings.entries().stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyOneGivesASymmetricGraphAndSaysWhatItChanged(Rewirings.Entry entry) {
        Csr before = random(200);
        RewiredEdges one = RewiredEdges.of(before, entry.make(Map.of()), 5, Threads.ONE);
        RewiredEdges again = RewiredEdges.of(before, entry.make(Map.of()), 5, new Threads(3));
        Csr after = one.pattern();
        assertThat(again.pattern().indices()).containsExactly(after.indices());
        assertThat(again.pattern().offsets()).containsExactly(after.offsets());
        assertThat(one.added()).isPositive();
        int found = 0;
        int kept = 0;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(has(after, i, j)).isEqualTo(has(after, j, i));
                boolean was = has(before, i, j) || has(before, j, i);
                found += has(after, i, j) ? 1 : 0;
                kept += was && has(after, i, j) ? 1 : 0;
            }
            assertThat(has(after, i, i)).isFalse();
        }
        assertThat(one.added()).isEqualTo(found - kept);
        assertThat(after.edges()).isEqualTo(2 * found);
        assertThat(one.sentence()).startsWith(one.added() + " edges added");
    }

    /// A ring with chords, each edge one way only, some twice, and loops.
    private static Csr random(int nodes) {
        SplittableRandom random = new SplittableRandom(3);
        int[] offsets = new int[nodes + 1];
        int[] sources = new int[3 * nodes];
        for (int i = 0; i < nodes; i++) {
            offsets[i + 1] = 3 * i + 3;
            sources[3 * i] = (i + 1) % nodes;
            sources[3 * i + 1] = random.nextInt(nodes);
            sources[3 * i + 2] = i % 5 == 0 ? i : (i + 1) % nodes;
        }
        return new Csr(nodes, nodes, offsets, sources);
    }

    private static boolean has(Csr pattern, int target, int source) {
        return Arrays.stream(pattern.indices(), pattern.offsets()[target], pattern.offsets()[target + 1])
                .anyMatch(j -> j == source);
    }
}
