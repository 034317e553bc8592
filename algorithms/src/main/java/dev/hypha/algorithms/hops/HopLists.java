package dev.hypha.algorithms.hops;

import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/// For each distance, who is exactly that far from whom. Distance 1 is the graph itself without its
/// self-loops and repetitions; a node is in no list of its own.
public final class HopLists {
    private HopLists() {}

    /// The lists for distances 1 to `hops`.
    ///
    /// @param most how many entries all lists together may have: they grow fast with the distance
    /// @throws InputException if they would have more
    public static List<Neighbors> of(Neighbors graph, int hops, long most, Threads threads) {
        int[][][] found = new int[graph.targets()][][];
        AtomicLong entries = new AtomicLong();
        threads.forEach(graph.targets(), () -> collect(graph, hops, most, found, entries));
        if (entries.get() > most) {
            throw new InputException(
                    "too-many-pairs",
                    "more than " + most + " pairs of the " + graph.targets() + " nodes are at most " + hops
                            + " steps apart",
                    Map.of("hops", hops),
                    "allow fewer hops, or more memory");
        }
        List<Neighbors> lists = new ArrayList<>();
        for (int hop = 1; hop <= hops; hop++) {
            lists.add(joined(found, hop - 1));
        }
        return List.copyOf(lists);
    }

    private static IntConsumer collect(Neighbors graph, int hops, long most, int[][][] found, AtomicLong entries) {
        HopSearch search = new HopSearch(graph);
        return node -> {
            if (entries.get() > most) {
                return;
            }
            search.from(node, hops);
            int[][] lists = new int[hops][];
            long count = 0;
            for (int hop = 1; hop <= hops; hop++) {
                lists[hop - 1] = search.at(hop);
                count += lists[hop - 1].length;
            }
            found[node] = lists;
            entries.addAndGet(count);
        };
    }

    private static Neighbors joined(int[][][] found, int hop) {
        long[] offsets = new long[found.length + 1];
        for (int node = 0; node < found.length; node++) {
            offsets[node + 1] = offsets[node] + found[node][hop].length;
        }
        int[] sources = new int[Math.toIntExact(offsets[found.length])];
        for (int node = 0; node < found.length; node++) {
            System.arraycopy(found[node][hop], 0, sources, (int) offsets[node], found[node][hop].length);
            found[node][hop] = null;
        }
        return NeighborLists.of(offsets, sources);
    }
}
