package dev.hypha.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A small random graph as plain lists, so that slow code can look at it: static and timed types, equal and missing
/// times, parallel edges, loops, empty types, edge types with and without their reverse.
public record RandomGraph(List<Nodes> nodes, List<Edges> edges) {
    /// @param times null for a type without time
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Nodes(int count, long[] times) {
        public long time(int node) {
            return times == null ? Visibility.ALWAYS : times[node];
        }
    }

    /// @param pairs source and target of each edge
    public record Edges(int source, int target, List<int[]> pairs, boolean withReverse) {
        private Edges turned() {
            List<int[]> turned = new ArrayList<>();
            pairs.forEach(pair -> turned.add(new int[] {pair[1], pair[0]}));
            return new Edges(/* source= */ target, /* target= */ source, turned, false);
        }
    }

    public static RandomGraph of(Random random) {
        List<Nodes> nodes = new ArrayList<>();
        int types = 1 + random.nextInt(4);
        for (int type = 0; type < types; type++) {
            int count = type == 0 ? 1 + random.nextInt(12) : random.nextInt(14);
            nodes.add(new Nodes(count, random.nextInt(3) == 0 ? null : times(count, random)));
        }
        List<Edges> edges = new ArrayList<>();
        int edgeTypes = 1 + random.nextInt(4);
        for (int type = 0; type < edgeTypes; type++) {
            edges.add(edges(random.nextInt(types), random.nextInt(types), nodes, random));
        }
        return new RandomGraph(nodes, edges);
    }

    private static long[] times(int count, Random random) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = switch (random.nextInt(8)) {
                case 0 -> Visibility.NEVER;
                case 1 -> Visibility.NEVER - 1;
                case 2 -> -5;
                default -> random.nextInt(10);
            };
        }
        return times;
    }

    private static Edges edges(int source, int target, List<Nodes> nodes, Random random) {
        List<int[]> pairs = new ArrayList<>();
        int sources = nodes.get(source).count();
        int targets = nodes.get(target).count();
        int count = sources == 0 || targets == 0 ? 0 : random.nextInt(3 * (sources + targets));
        for (int i = 0; i < count; i++) {
            pairs.add(new int[] {random.nextInt(sources), random.nextInt(targets)});
        }
        return new Edges(source, target, pairs, random.nextInt(4) > 0);
    }

    /// Edge types as they will be numbered in the graph.
    public List<Edges> directed() {
        List<Edges> directed = new ArrayList<>();
        for (Edges each : edges) {
            directed.add(each);
            if (each.withReverse()) {
                directed.add(each.turned());
            }
        }
        return directed;
    }

    public Graph build() {
        try (var builder = new Graph.Builder()) {
            for (int i = 0; i < nodes.size(); i++) {
                Nodes type = nodes.get(i);
                String name = "nodes" + i;
                if (type.times() == null) {
                    builder.nodes(name, type.count());
                } else {
                    builder.nodes(name, type.times());
                }
            }
            int number = 0;
            for (Edges type : edges) {
                EdgeList list = builder.edges("edges" + number, type.source(), type.target());
                if (type.withReverse()) {
                    builder.reversed("edges" + number + " reversed", list);
                }
                type.pairs().forEach(pair -> list.add(pair[0], pair[1]));
                number++;
            }
            return builder.build();
        }
    }

    /// The same edges in another order.
    public RandomGraph shuffled(Random random) {
        List<Edges> shuffled = new ArrayList<>();
        for (Edges each : edges) {
            List<int[]> pairs = new ArrayList<>(each.pairs());
            Collections.shuffle(pairs, random);
            shuffled.add(new Edges(each.source(), each.target(), pairs, each.withReverse()));
        }
        return new RandomGraph(nodes, shuffled);
    }
}
