package dev.hypha.algorithms.rewiring;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.hops.HopSearch;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.generating.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Locality-aware sequential rewiring (LASER): every node gets edges from some of the nodes at each small
/// distance, those that it is connected with least. Barbero, Velingker, Saberi, Bronstein and Di Giovanni,
/// "Locality-aware graph rewiring in GNNs", ICLR 2024, section 4.
///
/// The snapshot of distance l (2, 3, ..) gives node v the part of its orbit, the nodes exactly l steps
/// away, with the lowest number of walks of a fixed length from v (self-loops counted in); of equal ones
/// the key decides, so that on average renumbering the nodes changes nothing.
///
/// Departures from the paper's code: it looks at pairs (v, u) with u < v only, so that a node's part
/// depends on its number; here every node has its own. It counts walks in floating point; here numbers of
/// walks are doubles too, exact below 2^53.
///
/// @param farthest the largest distance that edges are added from, at least 2; the paper's number of
///     snapshots
/// @param part the part of each orbit that is joined, from 0 to 1, rounded
/// @param least how many of each orbit are joined at least, if there are so many
/// @param walkLength the steps of the walks that are counted; 8 in the paper's code
public record LocalShortcuts(int farthest, double part, int least, int walkLength) {
    public LocalShortcuts {
        if (farthest < 2 || !(part >= 0 && part <= 1) || least < 0 || walkLength < 1) {
            throw new IllegalArgumentException(
                    "distance " + farthest + ", part " + part + ", at least " + least + ", walks of " + walkLength);
        }
    }

    /// The snapshots of distances 2 to [#farthest]: each node's new sources, ascending. Directed: that v
    /// listens to u does not make u listen to v.
    public List<Neighbors> snapshots(SimpleGraph graph, long key, Threads threads) {
        int[][][] picked = new int[farthest - 1][graph.nodes()][];
        threads.forEach(graph.nodes(), () -> {
            HopSearch search = new HopSearch(graph);
            WalkCounts walks = new WalkCounts(graph);
            return node -> {
                search.from(node, farthest);
                if (search.count(2) > 0) {
                    walks.from(node, walkLength);
                }
                for (int hop = 2; hop <= farthest; hop++) {
                    picked[hop - 2][node] = pick(search.at(hop), walks, Draws.split(Draws.split(key, node), hop));
                }
            };
        });
        List<Neighbors> snapshots = new ArrayList<>();
        for (int[][] lists : picked) {
            snapshots.add(joined(lists));
        }
        return List.copyOf(snapshots);
    }

    /// The graph with the edges of all snapshots, as undirected ones.
    public SimpleGraph rewire(SimpleGraph graph, long key, Threads threads) {
        List<Edge> added = new ArrayList<>();
        for (Neighbors snapshot : snapshots(graph, key, threads)) {
            for (int node = 0; node < snapshot.targets(); node++) {
                for (long i = snapshot.begin(node); i < snapshot.end(node); i++) {
                    added.add(Edge.between(node, snapshot.source(i)));
                }
            }
        }
        return graph.changed(added, List.of());
    }

    /// How many of an orbit are joined.
    public int share(int orbit) {
        return Math.min(orbit, Math.max(least, (int) Math.round(orbit * part)));
    }

    private int[] pick(int[] orbit, WalkCounts walks, long key) {
        int share = share(orbit.length);
        return Arrays.stream(orbit)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(walks::to)
                        .thenComparingLong(node -> Draws.split(key, node)))
                .limit(share)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static Neighbors joined(int[][] lists) {
        long[] offsets = new long[lists.length + 1];
        for (int node = 0; node < lists.length; node++) {
            offsets[node + 1] = offsets[node] + lists[node].length;
        }
        int[] sources = new int[Math.toIntExact(offsets[lists.length])];
        for (int node = 0; node < lists.length; node++) {
            System.arraycopy(lists[node], 0, sources, (int) offsets[node], lists[node].length);
        }
        return NeighborLists.of(offsets, sources);
    }
}
