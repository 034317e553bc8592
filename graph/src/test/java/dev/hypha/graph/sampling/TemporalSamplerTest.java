package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.EdgeList;
import dev.hypha.graph.Graph;
import dev.hypha.graph.RandomGraph;
import dev.hypha.graph.Visibility;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemporalSamplerTest {
    /// A random graph with a random question to it.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(long number, RandomGraph plain, int[] fanouts, Pick pick, int seedType, int[] seeds, long[] cutoffs) {
        static Case of(long number) {
            var random = new Random(number);
            var plain = RandomGraph.of(random);
            int[] fanouts = random.ints(random.nextInt(4), -1, 5).toArray();
            int count = random.nextInt(90);
            int[] seeds = random.ints(count, 0, plain.nodes().get(0).count()).toArray();
            long[] cutoffs = random.ints(count, -7, 12).asLongStream().toArray();
            for (int i = 0; i < count; i += 9) {
                cutoffs[i] = random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
            }
            Pick pick = random.nextBoolean() ? Pick.LAST : Pick.UNIFORM;
            return new Case(number, plain, fanouts, pick, 0, seeds, cutoffs);
        }

        Subgraph sample(Graph graph, Pick how) {
            return new TemporalSampler(fanouts, how).sample(graph, seedType, seeds, cutoffs, number);
        }

        Subgraph sample(Graph graph) {
            return sample(graph, pick);
        }
    }

    @Test
    void lastPickIsWhatTheSlowSamplerSays() {
        for (long number = 0; number < 400; number++) {
            Case each = Case.of(number);
            try (Graph graph = each.plain.build()) {
                Subgraph sample = each.sample(graph, Pick.LAST);
                Subgraphs.check(sample);
                for (int i = 0; i < each.seeds.length; i++) {
                    assertThat(SlowSampler.of(sample, i))
                            .as("case %d, seed %d", number, i)
                            .isEqualTo(SlowSampler.tree(
                                    each.plain, each.fanouts, each.seedType, each.seeds[i], each.cutoffs[i]));
                }
            }
        }
    }

    @Test
    void uniformPickTakesAsManyAsItShouldOfWhatIsVisible() {
        for (long number = 0; number < 400; number++) {
            Case each = Case.of(number);
            try (Graph graph = each.plain.build()) {
                Subgraph sample = each.sample(graph, Pick.UNIFORM);
                Subgraphs.check(sample);
                Subgraphs.checkNeighbors(graph, sample, each.fanouts, each.cutoffs);
            }
        }
    }

    @Test
    void laterRowsChangeNothing() {
        for (long number = 0; number < 400; number++) {
            Case each = Case.of(number);
            long latest = Arrays.stream(each.cutoffs)
                    .filter(cutoff -> cutoff != Long.MAX_VALUE)
                    .max()
                    .orElse(0);
            Arrays.setAll(each.cutoffs, i -> Math.min(latest, each.cutoffs[i]));
            var planted = Future.planted(each.plain, latest, new Random(number));
            try (Graph without = each.plain.build();
                    Graph with = planted.build()) {
                with.check();
                Subgraphs.assertSame(each.sample(without), each.sample(with), "case " + number);
            }
        }
    }

    @Test
    void sameKeySameBatchOnAnyNumberOfThreads() throws Exception {
        for (long number = 0; number < 60; number++) {
            Case each = Case.of(number);
            try (Graph graph = each.plain.build();
                    Graph shuffled = each.plain.shuffled(new Random(number)).build()) {
                Subgraph once = each.sample(graph);
                Subgraphs.assertSame(once, each.sample(shuffled), "edges in another order, case " + number);
                for (int threads : new int[] {1, 3, 8}) {
                    try (var pool = new ForkJoinPool(threads)) {
                        List<Callable<Subgraph>> atOnce = Collections.nCopies(threads, () -> each.sample(graph));
                        for (java.util.concurrent.Future<Subgraph> again : pool.invokeAll(atOnce)) {
                            Subgraphs.assertSame(once, again.get(), threads + " threads, case " + number);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aSeedsTreeDoesNotDependOnItsBatch() {
        for (long number = 0; number < 100; number++) {
            Case each = Case.of(number);
            var sampler = new TemporalSampler(each.fanouts, each.pick);
            try (Graph graph = each.plain.build()) {
                Subgraph batch = each.sample(graph);
                for (int i = 0; i < each.seeds.length; i += 7) {
                    int[] seed = {each.seeds[i]};
                    Subgraph alone = sampler.sample(graph, each.seedType, seed, new long[] {each.cutoffs[i]}, number);
                    assertThat(SlowSampler.of(alone, 0))
                            .as("case %d, seed %d", number, i)
                            .isEqualTo(SlowSampler.of(batch, i));
                }
            }
        }
    }

    @Test
    void aStaticRowIsNoBridgeToALaterOne() {
        // A past order leads to its static customer, the customer to a past and a future order.
        try (var builder = new Graph.Builder()) {
            int customers = builder.nodes("customers", 1);
            int orders = builder.nodes("orders", new long[] {10, 30, 20, Visibility.NEVER});
            var placed = builder.edges("placed", orders, customers);
            builder.reversed("customer", placed);
            for (int order = 0; order < 4; order++) {
                placed.add(order, 0);
            }
            try (Graph graph = builder.build()) {
                Subgraph sample = new TemporalSampler(new int[] {-1, -1, -1}, Pick.LAST)
                        .sample(graph, orders, new int[] {0}, new long[] {20}, 0);
                assertThat(sample.nodes(customers)).containsExactly(0);
                assertThat(sample.nodes(orders)).containsExactly(0, 2);
                assertThat(sample.ends(orders)).containsExactly(1, 1, 2, 2);
            }
        }
    }

    @Test
    void aSeedThatIsNotVisibleIsAnsweredForWithoutBeingLookedAt() {
        try (var builder = new Graph.Builder()) {
            int products = builder.nodes("products", 1);
            int orders = builder.nodes("orders", new long[] {10, 30});
            var of = builder.edges("of", products, orders);
            of.add(0, 0);
            of.add(0, 1);
            try (Graph graph = builder.build()) {
                Subgraph sample = new TemporalSampler(new int[] {-1}, Pick.LAST)
                        .sample(graph, orders, new int[] {1, 0, 1}, new long[] {29, 29, 30}, 0);
                assertThat(sample.nodes(orders)).containsExactly(Subgraph.UNSEEN, 0, 1);
                assertThat(sample.offsets(0)).containsExactly(0, 0, 1, 2);
                assertThat(sample.seedOf(products)).containsExactly(1, 2);
            }
        }
    }

    @Test
    void uniformPickIsUniformOverSets() {
        // 2 of 5: each of the 10 pairs in a tenth of the draws; the bound is five standard deviations.
        int draws = 20_000;
        int[][] pairs = new int[5][5];
        try (var builder = new Graph.Builder()) {
            int many = builder.nodes("many", 5);
            int one = builder.nodes("one", 1);
            var edges = builder.edges("edges", many, one);
            for (int i = 0; i < 5; i++) {
                edges.add(i, 0);
            }
            try (Graph graph = builder.build()) {
                var sampler = new TemporalSampler(new int[] {2}, Pick.UNIFORM);
                for (int key = 0; key < draws; key++) {
                    int[] taken = sampler.sample(graph, one, new int[] {0}, new long[] {0}, key)
                            .nodes(many);
                    pairs[Math.min(taken[0], taken[1])][Math.max(taken[0], taken[1])]++;
                }
            }
        }
        double tolerance = 5 * Math.sqrt(draws * 0.1 * 0.9);
        for (int i = 0; i < 5; i++) {
            for (int j = i + 1; j < 5; j++) {
                assertThat((double) pairs[i][j]).as("pair %d, %d", i, j).isBetween(2000 - tolerance, 2000 + tolerance);
            }
        }
    }

    @Test
    void anotherKeyIsAnotherBatch() {
        try (Graph graph = Star.of(1000)) {
            var sampler = new TemporalSampler(new int[] {300}, Pick.UNIFORM);
            int[] first =
                    sampler.sample(graph, 1, new int[] {0}, new long[] {0}, 1).nodes(0);
            int[] second =
                    sampler.sample(graph, 1, new int[] {0}, new long[] {0}, 2).nodes(0);
            int[] later =
                    sampler.sample(graph, 1, new int[] {0}, new long[] {1}, 1).nodes(0);
            assertThat(first).hasSize(300).doesNotHaveDuplicates();
            assertThat(second).isNotEqualTo(first);
            assertThat(later).isNotEqualTo(first);
        }
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new TemporalSampler(new int[] {-2}, Pick.LAST)).hasMessageContaining("[-2]");
        assertThatThrownBy(() -> new TemporalSampler(new int[8], Pick.LAST)).hasMessageContaining("fan-outs");
        try (Graph graph = Star.of(3)) {
            var sampler = new TemporalSampler(new int[] {1}, Pick.LAST);
            assertThatThrownBy(() -> sampler.sample(graph, 1, new int[1], new long[2], 0))
                    .hasMessageContaining("1 seeds with 2 cut-offs");
            assertThatThrownBy(() -> sampler.sample(graph, 1, new int[] {1}, new long[1], 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /// One node of type 1 with many neighbors of type 0, none with a time.
    private static final class Star {
        static Graph of(int leaves) {
            try (var builder = new Graph.Builder()) {
                var edges = builder.edges("edges", builder.nodes("leaves", leaves), builder.nodes("center", 1));
                for (int leaf = 0; leaf < leaves; leaf++) {
                    edges.add(leaf, 0);
                }
                return builder.build();
            }
        }
    }

    /// An event a second, each linked to those up to five seconds away: seeds of the past see nothing of
    /// what follows.
    @Test
    void samplesOfOneNodeTypeAreBlocks() {
        try (var builder = new Graph.Builder()) {
            int events = builder.nodes(
                    "events", IntStream.range(0, 40).asLongStream().toArray());
            EdgeList near = builder.edges("near", events, events);
            for (int i = 0; i < 40; i++) {
                for (int j = Math.max(0, i - 5); j < Math.min(40, i + 6); j++) {
                    near.add(i, j);
                }
            }
            try (Graph graph = builder.build()) {
                int[] seeds = {10, 30, 10, 20};
                long[] cutoffs = {10, 33, 11, 19};
                for (Pick pick : Pick.values()) {
                    Subgraph sample = new TemporalSampler(new int[] {3, 2}, pick).sample(graph, 0, seeds, cutoffs, 1);
                    Blocks blocks = Blocks.of(sample, 0);
                    assertThat(blocks.hops()).isEqualTo(2);
                    assertThat(blocks.seedRows()).containsExactly(0, 1, 2, 3);
                    // The last seed came later than its own cut-off: it is not seen, and has no neighbors.
                    assertThat(blocks.nodes()).startsWith(10, 30, 10, Subgraph.UNSEEN);
                    assertThat(blocks.offsets()).startsWith(0, 3, 6, 9, 9);
                    for (int local = 0; local < blocks.nodes().length; local++) {
                        assertThat((long) blocks.nodes()[local]).isLessThanOrEqualTo(cutoffs[blocks.seedOf()[local]]);
                    }
                }
            }
        }
    }

    @Test
    void blocksAreOfOneTypeOnly() {
        try (var builder = new Graph.Builder()) {
            int people = builder.nodes("people", 2);
            int things = builder.nodes("things", 2);
            builder.edges("knows", people, people);
            builder.edges("has", things, people);
            try (Graph graph = builder.build()) {
                Subgraph sample = new TemporalSampler(new int[] {1}, Pick.LAST)
                        .sample(graph, people, new int[] {0}, new long[1], 1);
                for (int type = 0; type < 2; type++) {
                    int edgeType = type;
                    assertThatThrownBy(() -> Blocks.of(sample, edgeType)).isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }
}
