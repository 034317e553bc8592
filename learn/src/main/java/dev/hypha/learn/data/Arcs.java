package dev.hypha.learn.data;

import dev.hypha.learn.Directions;
import dev.hypha.learn.LayerEdges;
import dev.hypha.tensor.Csr;
import java.util.Arrays;

/// Patterns of edges made of pairs of nodes. A pair is one number: the first node above 32 bits, the second below.
public final class Arcs {
    private Arcs() {}

    /// Two nodes as one number.
    public static long pair(int first, int second) {
        return (long) first << 32 | second;
    }

    /// Each pair both ways, rows ascending: counting sorts, smaller ends first.
    ///
    /// @param pairs distinct and ascending, the smaller node first
    public static Csr bothWays(int nodes, long[] pairs) {
        int[] offsets = new int[nodes + 1];
        for (long pair : pairs) {
            offsets[(int) (pair >>> 32) + 1]++;
            offsets[(int) pair + 1]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] next = offsets.clone();
        int[] sources = new int[2 * pairs.length];
        for (long pair : pairs) sources[next[(int) pair]++] = (int) (pair >>> 32);
        for (long pair : pairs) sources[next[(int) (pair >>> 32)]++] = (int) pair;
        return new Csr(nodes, nodes, offsets, sources);
    }

    /// Each pair from its first node, a target, to its second, a source.
    ///
    /// @param pairs distinct and ascending
    public static Csr oneWay(int nodes, long[] pairs) {
        int[] offsets = new int[nodes + 1];
        int[] sources = new int[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            offsets[(int) (pairs[i] >>> 32) + 1]++;
            sources[i] = (int) pairs[i];
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        return new Csr(nodes, nodes, offsets, sources);
    }

    /// The same edges without direction: each both ways, once, none from a node to itself.
    public static Csr undirected(Csr arcs) {
        long[] pairs = new long[arcs.edges()];
        int count = 0;
        for (int i = 0; i < arcs.rows(); i++) {
            for (int e = arcs.offsets()[i]; e < arcs.offsets()[i + 1]; e++) {
                int j = arcs.indices()[e];
                if (i != j) pairs[count++] = pair(Math.min(i, j), Math.max(i, j));
            }
        }
        return bothWays(
                arcs.rows(), Arrays.stream(pairs, 0, count).sorted().distinct().toArray());
    }

    /// The edges among some nodes, which are numbered anew in their order.
    ///
    /// @param nodes distinct
    public static Csr among(Csr arcs, int[] nodes) {
        int[] number = new int[arcs.rows()];
        Arrays.fill(number, -1);
        for (int i = 0; i < nodes.length; i++) number[nodes[i]] = i;
        int[] offsets = new int[nodes.length + 1];
        int[] sources = new int[arcs.edges()];
        int at = 0;
        for (int i = 0; i < nodes.length; i++) {
            for (int e = arcs.offsets()[nodes[i]]; e < arcs.offsets()[nodes[i] + 1]; e++) {
                if (number[arcs.indices()[e]] >= 0) sources[at++] = number[arcs.indices()[e]];
            }
            offsets[i + 1] = at;
        }
        return new Csr(nodes.length, nodes.length, offsets, Arrays.copyOf(sources, at));
    }

    /// The edges whose both nodes are there; all nodes keep their numbers.
    public static Csr within(Csr arcs, boolean[] there) {
        int[] offsets = new int[arcs.rows() + 1];
        int[] sources = new int[arcs.edges()];
        int at = 0;
        for (int i = 0; i < arcs.rows(); i++) {
            for (int e = arcs.offsets()[i]; e < arcs.offsets()[i + 1]; e++) {
                if (there[i] && there[arcs.indices()[e]]) sources[at++] = arcs.indices()[e];
            }
            offsets[i + 1] = at;
        }
        return new Csr(arcs.rows(), arcs.cols(), offsets, Arrays.copyOf(sources, at));
    }

    /// A pattern over all nodes as layers read it.
    public static LayerEdges edges(Csr pattern) {
        return edges(pattern, null);
    }

    /// The same with its directions, or null.
    public static LayerEdges edges(Csr pattern, Directions directions) {
        int[] degrees = new int[pattern.rows()];
        for (int i = 0; i < degrees.length; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                if (pattern.indices()[e] != i) degrees[i]++;
            }
        }
        return new LayerEdges(pattern, degrees, directions);
    }
}
