package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NegativeSamplerTest {
    private static final int DRAWS = 30_000;

    private static List<NegativeSampler> samplers(Neighbors graph) {
        Candidates nodes = Candidates.nodes(graph.targets());
        return List.of(
                new UniformNegatives(nodes),
                DegreeNegatives.of(graph, nodes, 0.75),
                new InBatchNegatives(nodes),
                new TwoHopNegatives());
    }

    /// The positives, read one by one.
    private static boolean negative(Neighbors graph, int anchor, int candidate) {
        boolean found = anchor == candidate;
        for (long i = graph.begin(anchor); i < graph.end(anchor); i++) {
            found |= graph.source(i) == candidate;
        }
        return !found;
    }

    @Test
    void aNegativeIsNeverAPositiveAndIsFoundWhereThereIsOne() {
        for (long number = 0; number < 120; number++) {
            var random = new Random(number);
            // Half of them so dense that most proposals are refused.
            Neighbors graph = number % 2 == 0 ? SmallGraph.random(random) : almostComplete(random);
            int[] anchors = IntStream.range(0, graph.targets()).toArray();
            int[] partners = anchors.clone();
            for (NegativeSampler sampler : samplers(graph)) {
                int[] drawn = sampler.sample(graph, anchors, partners, 3, number);
                assertThat(drawn).hasSize(anchors.length * 3);
                for (int i = 0; i < drawn.length; i++) {
                    int anchor = anchors[i / 3];
                    boolean any = IntStream.of(anchors).anyMatch(other -> negative(graph, anchor, other));
                    assertThat(drawn[i] == NegativeSampler.NONE ? !any : negative(graph, anchor, drawn[i]))
                            .as("case %d, %s, anchor %d: %d", number, sampler, anchor, drawn[i])
                            .isTrue();
                }
                assertThat(sampler.sample(graph, anchors, partners, 3, number)).containsExactly(drawn);
            }
        }
    }

    private static Neighbors almostComplete(Random random) {
        int nodes = 1 + random.nextInt(60);
        boolean[][] joined = new boolean[nodes][nodes];
        for (boolean[] row : joined) {
            Arrays.fill(row, true);
            for (int missing = random.nextInt(3); missing > 0; missing--) {
                row[random.nextInt(nodes)] = false;
            }
        }
        return SmallGraph.dense(joined);
    }

    @Test
    void uniformOnesAreEquallyLikely() {
        Neighbors graph = SmallGraph.of(new int[] {1, 3}, new int[0], new int[0], new int[0], new int[0]);
        check(new UniformNegatives(Candidates.nodes(5)), graph, new int[] {0}, 0, 0, 0, 1, 0, 1);
        check(new UniformNegatives(Candidates.others(5)), graph, new int[] {0}, 0, 1, 0, 1, 0, 1);
    }

    @Test
    void degreesAreRaisedToTheExponent() {
        // 2 is in one list, 3 in four, 4 in nine.
        Neighbors graph = SmallGraph.of(
                new int[] {1},
                new int[] {2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4},
                new int[0],
                new int[0],
                new int[0]);
        int[] partners = {0};
        check(DegreeNegatives.of(graph, Candidates.nodes(5), 0.5), graph, partners, 0, 0, 0, 1, 2, 3);
        check(DegreeNegatives.of(graph, Candidates.nodes(5), 1), graph, partners, 0, 0, 0, 1, 4, 9);
        check(DegreeNegatives.of(graph, Candidates.nodes(5), 0), graph, partners, 0, 0, 0, 1, 1, 1);
        // All that have links are taken: what is left is uniform.
        check(DegreeNegatives.of(graph, Candidates.nodes(5), 1), graph, partners, 1, 1, 0, 0, 0, 0);
    }

    @Test
    void inBatchOnesAreThePartnersOfOthers() {
        Neighbors graph = SmallGraph.of(new int[] {1, 3}, new int[0], new int[0], new int[0], new int[0]);
        check(new InBatchNegatives(Candidates.nodes(5)), graph, new int[] {1, 2, 2, 4}, 0, 0, 0, 2, 0, 1);
        check(new InBatchNegatives(Candidates.nodes(5)), graph, new int[] {1, 3, 3}, 0, 0, 0, 1, 0, 1);
        check(new InBatchNegatives(Candidates.others(5)), graph, new int[] {0, 4}, 0, 1, 0, 0, 0, 1);
    }

    /// From 0 by 1 to 2, from 0 by 3 to 2, 4 or back, each neighbor of the first with probability 1/2.
    @Test
    void twoHopOnesAreWhereAWalkOfTwoStepsEnds() {
        Neighbors graph = SmallGraph.of(
                new int[] {1, 3}, new int[] {0, 2}, new int[0], new int[] {0, 2, 4, 1}, new int[0], new int[0]);
        check(new TwoHopNegatives(), graph, new int[] {1}, 0, 0, 0, 3, 0, 1, 0);
        // 2 leads nowhere: uniform.
        check(new TwoHopNegatives(), graph, new int[] {1}, 2, 1, 1, 0, 1, 1, 1);
    }

    /// An anchor with every other candidate as a positive but two, which proposals hardly ever hit.
    @Test
    void whatIsRarelyProposedKeepsItsShare() {
        int nodes = 3000;
        int[][] lists = new int[nodes][0];
        lists[0] = IntStream.range(1, nodes - 2).toArray();
        Neighbors graph = SmallGraph.of(lists);
        double[] weights = new double[nodes];
        weights[nodes - 2] = 1;
        weights[nodes - 1] = 1;
        check(new UniformNegatives(Candidates.nodes(nodes)), graph, new int[] {1}, 0, 3000, weights);
    }

    private static void check(NegativeSampler sampler, Neighbors graph, int[] partners, int anchor, double... weights) {
        check(sampler, graph, partners, anchor, DRAWS, weights);
    }

    private static void check(
            NegativeSampler sampler, Neighbors graph, int[] partners, int anchor, int draws, double[] weights) {
        long[] counts = new long[weights.length];
        int[] anchors = new int[partners.length];
        Arrays.fill(anchors, anchor);
        int each = draws / anchors.length;
        for (int drawn : sampler.sample(graph, anchors, partners, each, 7)) {
            counts[drawn]++;
        }
        double sum = Arrays.stream(weights).sum();
        double[] expected = Arrays.stream(weights).map(weight -> weight / sum).toArray();
        Frequencies.check(sampler.toString(), counts, expected, (long) each * anchors.length);
    }

    @Test
    void whereNothingIsLeftThereIsNone() {
        Neighbors graph = SmallGraph.of(new int[] {1}, new int[] {0, 1});
        int[] both = {0, 1};
        for (NegativeSampler sampler : samplers(graph)) {
            assertThat(sampler.sample(graph, both, both, 2, 1)).containsOnly(NegativeSampler.NONE);
        }
        assertThat(new UniformNegatives(Candidates.others(0)).sample(graph, both, both, 1, 1))
                .containsOnly(NegativeSampler.NONE);
        assertThat(new UniformNegatives(Candidates.others(9)).sample(graph, new int[0], new int[0], 5, 1))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoDistribution() {
        Neighbors graph = SmallGraph.of(new int[] {1}, new int[0], new int[0]);
        Candidates nodes = Candidates.nodes(3);
        assertThatThrownBy(() -> DegreeNegatives.of(graph, nodes, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Candidates.nodes(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAliasTableDrawsInProportion() {
        for (long number = 0; number < 30; number++) {
            var random = new Random(number);
            double[] weights = random.doubles(1 + random.nextInt(40))
                    .map(x -> x < 0.3 ? 0 : x * x * x)
                    .toArray();
            weights[0] = 0.5;
            var table = new AliasTable(weights);
            long[] counts = new long[weights.length];
            for (long key = 0; key < DRAWS; key++) {
                counts[table.draw(Mixing.split(number, key))]++;
            }
            double sum = Arrays.stream(weights).sum();
            Frequencies.check(
                    "case " + number,
                    counts,
                    Arrays.stream(weights).map(w -> w / sum).toArray(),
                    DRAWS);
        }
        assertThat(new AliasTable(new double[] {0, 0}).draw(1)).isEqualTo(AliasTable.NONE);
    }
}
