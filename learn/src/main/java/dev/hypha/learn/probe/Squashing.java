package dev.hypha.learn.probe;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.curvature.CurvatureSummary;
import dev.hypha.algorithms.curvature.OllivierRicci;
import dev.hypha.algorithms.hops.HopSearch;
import dev.hypha.algorithms.resistance.CommuteTimes;
import dev.hypha.graph.NeighborLists;
import dev.hypha.learn.Keys;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Weights;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.zoo.Gcn;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// How messages are squeezed on their way: Di Giovanni et al., "On over-squashing in message passing
/// neural networks", ICML 2023. The curvature of edges and commute times of pairs as
/// [dev.hypha.algorithms] has them, and how far the answer of an untrained GCN hears, by the Jacobian of
/// its answers. What is too much is sampled, and it is said of how many.
public final class Squashing {
    private static final int EDGES = 500;
    private static final int PAIRS = 1000;
    private static final int TARGETS = 8;
    private static final int LAYERS = 4;
    private static final int OUTPUTS = 2;
    private static final int WIDTH = 4;

    /// An edge between hubs beyond this product of degrees is left out: its transport alone would take
    /// long.
    private static final long HEAVY = 1 << 14;

    /// Entries of all Laplacians that are solved for together, in one pass over each.
    private static final double WORK = 2e8;

    private Squashing() {}

    /// @param key of what is drawn
    /// @throws dev.hypha.tensor.MemoryLimitException if memory does not suffice
    public static List<Finding> of(NodeData data, long key, Place place) {
        Csr pattern = data.edges().others();
        SimpleGraph graph = SimpleGraph.of(NeighborLists.of(pattern.offsets(), pattern.indices()));
        Threads threads = new Threads(place.provider().threads());
        List<Finding> all = new ArrayList<>();
        place.progress().stage("curvature", -1);
        curvature(graph, Keys.split(key, "curvature"), threads, all);
        place.progress().stage("commute times", -1);
        commuting(graph, Keys.split(key, "commute"), threads, all);
        place.progress().stage("sensitivity", -1);
        sensitivity(data, graph, Keys.split(key, "sensitivity"), place, all);
        return all;
    }

    private static void curvature(SimpleGraph graph, long key, Threads threads, List<Finding> all) {
        Edge[] edges = Arrays.stream(graph.edgeList())
                .filter(edge -> (long) graph.degree(edge.u()) * graph.degree(edge.v()) <= HEAVY)
                .toArray(Edge[]::new);
        int[] order = Keys.permutation(edges.length, key);
        double[] curvatures = new double[Math.min(EDGES, edges.length)];
        threads.forEach(curvatures.length, () -> {
            OllivierRicci curvature = new OllivierRicci(graph);
            return i -> curvatures[i] = curvature.of(edges[order[i]]);
        });
        String of = "over %,d of %,d edges".formatted(curvatures.length, graph.pairs());
        int hubs = graph.pairs() - edges.length;
        if (hubs > 0) of += ", %,d between hubs left out".formatted(hubs);
        CurvatureSummary summary = CurvatureSummary.of(curvatures);
        all.add(new Finding("curvature-mean", summary.mean(), "mean Ollivier-Ricci curvature " + of));
        all.add(new Finding("curvature-min", summary.min(), "lowest of them; far below 0 is a bottleneck"));
        all.add(new Finding("curvature-negative", summary.negative(), "of these edges are below 0"));
    }

    private static void commuting(SimpleGraph graph, long key, Threads threads, List<Finding> all) {
        double once = Math.max(1.0, 2.0 * graph.pairs() + graph.nodes());
        int projections = Math.clamp((long) (WORK / once), 8, CommuteTimes.PROJECTIONS);
        CommuteTimes times = CommuteTimes.of(graph, PAIRS, projections, key, threads);
        String error =
                times.relativeError() == 0 ? "" : ", each to within %.0f %%".formatted(100 * times.relativeError());
        all.add(new Finding(
                "commute-median",
                times.median(),
                "steps of a walk there and back, the middle of %,d pairs of the largest part%s"
                        .formatted(times.pairs(), error)));
        all.add(new Finding("commute-p90", times.p90(), "steps that nine of ten pairs do not exceed"));
    }

    private static void sensitivity(NodeData data, SimpleGraph graph, long key, Place place, List<Finding> all) {
        int[] targets = Arrays.stream(Keys.permutation(data.nodes(), key))
                .filter(node -> graph.degree(node) > 0)
                .limit(TARGETS)
                .toArray();
        if (targets.length == 0) return;
        Gcn model = Options.read(Gcn.class, Map.of("layers", "" + LAYERS, "hidden", "16"));
        double[][] moved;
        try (Matrix features = signs(data.nodes(), key, place);
                Weights weights = new Weights(place.memory(), key)) {
            moved = InputSensitivity.of(model, weights, OUTPUTS, features, data.edges(), targets, place);
        }
        double[] byHop = new double[LAYERS + 1];
        HopSearch search = new HopSearch(graph);
        for (int t = 0; t < targets.length; t++) {
            double sum = Arrays.stream(moved[t]).sum();
            if (sum == 0) continue;
            search.from(targets[t], LAYERS);
            for (int hop = 0; hop <= LAYERS; hop++) {
                for (int node : search.at(hop)) byHop[hop] += moved[t][node] / sum / targets.length;
            }
        }
        for (int hop = 0; hop <= LAYERS; hop++) {
            all.add(new Finding(
                    "sensitivity-" + hop,
                    byHop[hop],
                    "of what moves the answer of an untrained GCN of %d layers comes from %d hops away, over %d nodes"
                            .formatted(LAYERS, hop, targets.length)));
        }
    }

    /// Features that say nothing: what is asked is how messages pass.
    private static Matrix signs(int nodes, long key, Place place) {
        Matrix x = Matrix.of(place.memory(), Purpose.WORKSPACE, nodes, WIDTH);
        for (long i = 0; i < x.size(); i++) x.put(i, Keys.split(key, i) < 0 ? -1 : 1);
        return x;
    }
}
