package dev.hypha.algorithms.labels;

import dev.hypha.graph.Neighbors;
import dev.hypha.graph.generating.Draws;
import java.util.Arrays;

/// Whether a directed graph's directions say something about labels: the test of AMUD.
///
/// Sun, Li, Wu, Su, Li and Wang, "Breaking the entanglement of homophily and heterophily in semi-supervised
/// node classification", ICDE 2024, section III. For each pattern of two directed steps - there and there
/// (AA), back and back (A'A'), there and back (AA': nodes that point to the same), back and there (A'A:
/// nodes pointed to by the same) - the correlation of the labels of the two nodes that it joins is taken
/// and squared. Where directions do not matter the four agree, and on a graph whose edges all go both ways
/// they are equal; the more they differ, the more is lost by forgetting directions. The score is the root
/// mean square difference of all pairs of patterns, as a part of the largest. Above 0.5 the paper keeps
/// directions.
///
/// Departures: the published code has the model alone, and the paper leaves open how node profiles are
/// compared. Here labels are compared, as Newman's assortativity coefficient ("Mixing patterns in
/// networks", Physical Review E 67, 2003, equation 2), which is the correlation for labels. With that
/// choice the verdicts on Chameleon and Squirrel (directed) and Cora-ML and CiteSeer (undirected) are those
/// of the paper; the scores themselves are not comparable. Where all correlations are near 0 there is no
/// more to say with directions than without, and the score is that of noise.
///
/// @param score 0 where directions say nothing more, at most 0.82
/// @param there correlation along AA, which is that along A'A' too; NaN where the pattern joins no two
///     labelled nodes
/// @param sameTargets correlation along AA'
/// @param sameSources correlation along A'A
/// @param rows how many nodes' patterns were looked at: all, or as many as the work allowed
public record EdgeDirection(double score, double there, double sameTargets, double sameSources, int rows) {
    /// Visited pairs up to which all nodes are looked at.
    private static final long MOST_WORK = 400_000_000L;

    /// The paper's advice.
    public boolean directed() {
        return score > 0.5;
    }

    /// @param incoming each node's sources
    /// @param outgoing each node's targets: the transpose
    /// @param classes each node's class from 0 on; -1 where it is unknown or not to be looked at
    /// @param key which nodes are looked at where there is too much work for all
    public static EdgeDirection of(Neighbors incoming, Neighbors outgoing, int[] classes, long key) {
        boolean[] looked = rows(incoming, outgoing, key);
        double there = new Mixing(classes, looked).correlation(outgoing, outgoing);
        double sameTargets = new Mixing(classes, looked).correlation(outgoing, incoming);
        double sameSources = new Mixing(classes, looked).correlation(incoming, outgoing);
        int rows = 0;
        for (boolean each : looked) {
            rows += each ? 1 : 0;
        }
        return new EdgeDirection(
                score(there * there, there * there, sameTargets * sameTargets, sameSources * sameSources),
                there,
                sameTargets,
                sameSources,
                rows);
    }

    private static double score(double... squares) {
        double[] known =
                Arrays.stream(squares).filter(each -> !Double.isNaN(each)).toArray();
        double sum = 0;
        double most = 0;
        for (int i = 0; i < known.length; i++) {
            most = Math.max(most, known[i]);
            for (int j = 0; j < i; j++) {
                sum += (known[i] - known[j]) * (known[i] - known[j]);
            }
        }
        int pairs = known.length * (known.length - 1) / 2;
        return pairs == 0 || most == 0 ? 0 : Math.sqrt(sum / pairs) / most;
    }

    /// All nodes, or each with the probability that keeps the work within bounds.
    private static boolean[] rows(Neighbors incoming, Neighbors outgoing, long key) {
        double work = 0;
        for (int node = 0; node < incoming.targets(); node++) {
            double in = incoming.degree(node);
            double out = outgoing.degree(node);
            work += in * out + in * in + out * out;
        }
        boolean[] looked = new boolean[incoming.targets()];
        for (int node = 0; node < looked.length; node++) {
            looked[node] = work <= MOST_WORK || Draws.uniform(key, node) < MOST_WORK / work;
        }
        return looked;
    }

    /// How often pairs of classes are joined by a pattern, each ordered pair of different nodes counting
    /// once.
    private static final class Mixing {
        private final int[] classes;
        private final boolean[] looked;
        private final long[] first;
        private final long[] second;
        private long all;
        private long same;

        Mixing(int[] classes, boolean[] looked) {
            this.classes = classes;
            this.looked = looked;
            int count = Arrays.stream(classes).max().orElse(-1) + 1;
            first = new long[count];
            second = new long[count];
        }

        double correlation(Neighbors one, Neighbors two) {
            int[] seen = new int[one.targets()];
            for (int node = 0; node < seen.length; node++) {
                if (looked[node] && classes[node] >= 0) {
                    seen[node] = node + 1;
                    walk(node, one, two, seen);
                }
            }
            double chance = 0;
            for (int c = 0; c < first.length; c++) {
                chance += (double) first[c] / all * second[c] / all;
            }
            return ((double) same / all - chance) / (1 - chance);
        }

        private void walk(int node, Neighbors one, Neighbors two, int[] seen) {
            for (long i = one.begin(node); i < one.end(node); i++) {
                int between = one.source(i);
                for (long j = two.begin(between); j < two.end(between); j++) {
                    int other = two.source(j);
                    if (seen[other] != node + 1) {
                        seen[other] = node + 1;
                        count(classes[node], classes[other]);
                    }
                }
            }
        }

        private void count(int one, int other) {
            if (other >= 0) {
                all++;
                same += one == other ? 1 : 0;
                first[one]++;
                second[other]++;
            }
        }
    }
}
