package dev.hypha.graph.sampling;

import dev.hypha.graph.RandomGraph;
import dev.hypha.graph.Visibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Plants the future: rows that come after every cut-off or have no known time, with edges to and from everything.
final class Future {
    private Future() {}

    static RandomGraph planted(RandomGraph graph, long latest, Random random) {
        List<RandomGraph.Nodes> nodes = new ArrayList<>();
        for (RandomGraph.Nodes each : graph.nodes()) {
            nodes.add(each.times() == null ? each : later(each, latest, random));
        }
        List<RandomGraph.Edges> edges = new ArrayList<>();
        for (RandomGraph.Edges each : graph.edges()) {
            edges.add(withNew(each, graph.nodes(), nodes, random));
        }
        return new RandomGraph(nodes, edges);
    }

    private static RandomGraph.Nodes later(RandomGraph.Nodes nodes, long latest, Random random) {
        long[] times = Arrays.copyOf(nodes.times(), nodes.count() + 1 + random.nextInt(5));
        for (int i = nodes.count(); i < times.length; i++) {
            times[i] = random.nextInt(3) == 0 ? Visibility.NEVER : latest + 1 + random.nextInt(3);
        }
        return new RandomGraph.Nodes(times.length, times);
    }

    private static RandomGraph.Edges withNew(
            RandomGraph.Edges edges, List<RandomGraph.Nodes> old, List<RandomGraph.Nodes> nodes, Random random) {
        int sources = nodes.get(edges.source()).count();
        int targets = nodes.get(edges.target()).count();
        List<int[]> pairs = new ArrayList<>(edges.pairs());
        for (int i = 0; i < 30 && sources > 0 && targets > 0; i++) {
            int[] pair = {random.nextInt(sources), random.nextInt(targets)};
            if (pair[0] >= old.get(edges.source()).count()
                    || pair[1] >= old.get(edges.target()).count()) {
                pairs.add(pair);
            }
        }
        return new RandomGraph.Edges(edges.source(), edges.target(), pairs, edges.withReverse());
    }
}
