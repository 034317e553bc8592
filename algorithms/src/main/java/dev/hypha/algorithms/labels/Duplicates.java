package dev.hypha.algorithms.labels;

import dev.hypha.graph.Neighbors;
import dev.hypha.graph.generating.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Nodes that are copies of each other: the same neighbors and the same profile. Where a copy of a test
/// node was trained on, its answer is known already.
///
/// Platonov, Kuznedelev, Diskin, Babenko and Prokhorenkova, "A critical look at the evaluation of GNNs
/// under heterophily: are we really making progress?", ICLR 2023, section 3.1: in Squirrel and Chameleon
/// many nodes share outgoing links and regression target with others, and lie on both sides of the split.
/// There the profile is the target; the features serve too.
///
/// @param groups nodes that are copies of each other, two or more each, ascending; ordered by their first
///     nodes
public record Duplicates(List<int[]> groups) {
    /// What is compared besides the neighbors.
    public interface Profile {
        /// Equal for equal profiles.
        long hash(int node);

        /// Whether two nodes' profiles are equal.
        boolean same(int one, int other);

        /// A number per node, compared bit by bit; unknown values (NaN) equal nothing.
        static Profile of(float[] values) {
            return new Profile() {
                @Override
                public long hash(int node) {
                    return Float.floatToIntBits(values[node]);
                }

                @Override
                public boolean same(int one, int other) {
                    return values[one] == values[other];
                }
            };
        }
    }

    /// Finds all of them among the nodes that have a neighbor. Lists are compared as sets with repetitions.
    ///
    /// @param graph whose lists are compared: for a directed one, as in the paper, each node's targets
    public static Duplicates of(Neighbors graph, Profile profile) {
        List<Group> groups = new ArrayList<>();
        Map<Long, List<Group>> candidates = new HashMap<>();
        for (int node = 0; node < graph.targets(); node++) {
            if (graph.degree(node) > 0) {
                place(graph, profile, node, groups, candidates);
            }
        }
        return new Duplicates(groups.stream()
                .filter(group -> group.members.size() > 1)
                .map(group -> group.members.stream().mapToInt(Integer::intValue).toArray())
                .toList());
    }

    private static void place(
            Neighbors graph, Profile profile, int node, List<Group> groups, Map<Long, List<Group>> candidates) {
        long hash = profile.hash(node) * 31 + setHash(graph, node);
        List<Group> same = candidates.computeIfAbsent(hash, _ -> new ArrayList<>(1));
        for (Group group : same) {
            if (profile.same(group.first, node) && equalLists(graph, group.first, node)) {
                group.members.add(node);
                return;
            }
        }
        Group group = new Group(node);
        same.add(group);
        groups.add(group);
    }

    private static final class Group {
        private final int first;
        private final List<Integer> members = new ArrayList<>(1);

        Group(int first) {
            this.first = first;
            members.add(first);
        }
    }

    /// The same for every order of the list.
    private static long setHash(Neighbors graph, int node) {
        long sum = graph.degree(node);
        for (long i = graph.begin(node); i < graph.end(node); i++) {
            sum += Draws.mix(graph.source(i) + 1L);
        }
        return sum;
    }

    private static boolean equalLists(Neighbors graph, int one, int other) {
        return graph.degree(one) == graph.degree(other) && Arrays.equals(sorted(graph, one), sorted(graph, other));
    }

    private static int[] sorted(Neighbors graph, int node) {
        int[] list = new int[graph.degree(node)];
        for (int i = 0; i < list.length; i++) {
            list[i] = graph.source(graph.begin(node) + i);
        }
        Arrays.sort(list);
        return list;
    }

    /// How many nodes are copies of another.
    public int nodes() {
        return groups.stream().mapToInt(group -> group.length).sum();
    }

    /// Which of some nodes have a copy among others, such as the test nodes among those trained on;
    /// ascending.
    public int[] leaking(int[] known, int[] asked) {
        boolean[] trained = new boolean[1 + Math.max(largest(known), largest(asked))];
        boolean[] tested = new boolean[trained.length];
        Arrays.stream(known).forEach(node -> trained[node] = true);
        Arrays.stream(asked).forEach(node -> tested[node] = true);
        return groups.stream()
                .flatMapToInt(group -> {
                    long copies = Arrays.stream(group)
                            .filter(node -> has(trained, node))
                            .count();
                    return Arrays.stream(group)
                            .filter(node -> has(tested, node) && copies > (has(trained, node) ? 1 : 0));
                })
                .sorted()
                .toArray();
    }

    private static boolean has(boolean[] nodes, int node) {
        return node < nodes.length && nodes[node];
    }

    private static int largest(int[] nodes) {
        return Arrays.stream(nodes).max().orElse(-1);
    }
}
