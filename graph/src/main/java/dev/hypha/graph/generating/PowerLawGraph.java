package dev.hypha.graph.generating;

import dev.hypha.graph.InputException;
import java.util.Arrays;
import java.util.Map;

/// A [PowerLaw] graph as arrays: pairs, communities, labels, a mask; features row by row on demand.
public final class PowerLawGraph {
    private static final int DEGREES = 1;
    private static final int SIZES = 2;
    private static final int MEMBERS = 3;
    private static final int PAIRS = 4;
    private static final int CHOICE = 5;
    private static final int FLIPS = 6;
    private static final int FLIPPED = 7;
    private static final int CENTERS = 8;
    private static final int NOISE = 9;
    private static final int MASK = 10;

    private static final double DEGREE_TAIL = 1.3;
    private static final double SIZE_TAIL = 1.2;
    private static final double LARGEST_SIZE = 50;
    private static final int MOST_ROUNDS = 100;

    private final PowerLaw law;
    private final int[] communities;
    private final long[] pairs;
    /// Nodes by community, and where each community begins.
    private final int[] members;

    private final int[] firstMember;
    /// The sum of the degree weights before each member.
    private final double[] weightBefore;

    private PowerLawGraph(PowerLaw law) {
        this.law = law;
        this.communities = drawCommunities();
        this.firstMember = new int[law.communities() + 1];
        this.members = membersInOrder();
        this.weightBefore = weights();
        this.pairs = chosen(distinctPairs());
    }

    /// Makes the graph.
    ///
    /// @throws InputException if communities are too small for so many different edges
    public static PowerLawGraph of(PowerLaw law) {
        return new PowerLawGraph(law);
    }

    /// The undirected edges in order: the smaller node in the upper 32 bits, the larger in the lower.
    public long[] pairs() {
        return pairs;
    }

    /// The planted community of a node.
    public int community(int node) {
        return communities[node];
    }

    /// The label of a node.
    public int label(int node) {
        boolean flipped = Draws.uniform(key(FLIPS), node) < PowerLaw.LABEL_NOISE;
        return flipped ? Draws.below(law.classes(), key(FLIPPED), node) : communities[node] % law.classes();
    }

    /// True for the half of the nodes to train on.
    public boolean inTraining(int node) {
        return Draws.uniform(key(MASK), node) < 0.5;
    }

    /// The features of a node.
    ///
    /// @param into as long as there are features
    public void features(int node, float[] into) {
        long label = label(node);
        for (int i = 0; i < into.length; i++) {
            double center = Draws.normal(key(CENTERS), label * into.length + i);
            double noise = Draws.normal(key(NOISE), (long) node * into.length + i);
            into[i] = (float) (PowerLaw.FEATURE_SIGNAL * center + noise);
        }
    }

    private long key(int part) {
        return Draws.split(law.seed(), part);
    }

    private int[] drawCommunities() {
        double[] before = new double[law.communities() + 1];
        for (int i = 0; i < law.communities(); i++) {
            double size = Math.pow(1 - Draws.uniform(key(SIZES), i), -1 / SIZE_TAIL);
            before[i + 1] = before[i] + Math.min(size, LARGEST_SIZE);
        }
        int[] drawn = new int[law.nodes()];
        for (int node = 0; node < drawn.length; node++) {
            double at = Draws.uniform(key(MEMBERS), node) * before[before.length - 1];
            drawn[node] = lastAtMost(before, at, 0, law.communities());
        }
        return drawn;
    }

    /// A counting sort by community, which fills [#firstMember] too.
    private int[] membersInOrder() {
        for (int community : communities) {
            firstMember[community + 1]++;
        }
        for (int i = 0; i < law.communities(); i++) {
            firstMember[i + 1] += firstMember[i];
        }
        int[] next = firstMember.clone();
        int[] order = new int[law.nodes()];
        for (int node = 0; node < order.length; node++) {
            order[next[communities[node]]++] = node;
        }
        return order;
    }

    private double[] weights() {
        double most = 2 * Math.sqrt(law.nodes());
        double[] before = new double[law.nodes() + 1];
        for (int i = 0; i < law.nodes(); i++) {
            double weight = Math.pow(1 - Draws.uniform(key(DEGREES), members[i]), -1 / DEGREE_TAIL);
            before[i + 1] = before[i] + Math.min(weight, most);
        }
        return before;
    }

    /// Draws pairs in rounds until there are enough different ones.
    private long[] distinctPairs() {
        int wanted = (int) (law.edges() / 2);
        long[] found = new long[0];
        for (int round = 0; found.length < wanted; round++) {
            if (round == MOST_ROUNDS) {
                throw new InputException(
                        "bad-option",
                        "after " + round + " rounds of drawing there are " + found.length + " different edges of "
                                + wanted,
                        Map.of("option", "--edges"),
                        "Ask for fewer edges, more nodes or more mixing.");
            }
            int draws = (int) ((wanted - found.length) * 1.25) + 1000;
            long[] more = Arrays.copyOf(found, found.length + draws);
            int count = found.length;
            long key = Draws.split(key(PAIRS), round);
            for (long i = 0; i < draws; i++) {
                long pair = pair(key, 4 * i);
                if (pair >= 0) {
                    more[count++] = pair;
                }
            }
            Arrays.parallelSort(more, 0, count);
            found = distinct(more, count);
        }
        return found;
    }

    /// @return -1 for a node with itself
    private long pair(long key, long index) {
        double all = weightBefore[law.nodes()];
        int a = members[lastAtMost(weightBefore, Draws.uniform(key, index) * all, 0, law.nodes())];
        int from = 0;
        int to = law.nodes();
        if (Draws.uniform(key, index + 1) >= law.mixing()) {
            from = firstMember[communities[a]];
            to = firstMember[communities[a] + 1];
        }
        double at = weightBefore[from] + Draws.uniform(key, index + 2) * (weightBefore[to] - weightBefore[from]);
        int b = members[lastAtMost(weightBefore, at, from, to)];
        return a == b ? -1 : (long) Math.min(a, b) << Integer.SIZE | Math.max(a, b);
    }

    private static long[] distinct(long[] sorted, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }

    /// As many as wanted, each set equally likely: those whose mixed value is smallest. Mixing is one to one,
    /// so no two are equal.
    private long[] chosen(long[] distinct) {
        int wanted = (int) (law.edges() / 2);
        if (distinct.length == wanted) {
            return distinct;
        }
        long key = key(CHOICE);
        long[] order = new long[distinct.length];
        Arrays.setAll(order, i -> Draws.mix(distinct[i] ^ key));
        Arrays.parallelSort(order);
        long limit = order[wanted];
        return Arrays.stream(distinct)
                .filter(pair -> Draws.mix(pair ^ key) < limit)
                .toArray();
    }

    /// The last index from `from` on, below `to`, whose value is at most `at`.
    private static int lastAtMost(double[] rising, double at, int from, int to) {
        int low = from;
        int high = to - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (rising[middle] <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
