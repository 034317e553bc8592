package dev.hypha.algorithms.resistance;

import dev.hypha.algorithms.Components;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.generating.Draws;
import java.util.Arrays;

/// How far nodes are apart for messages: commute times of random pairs within the largest component.
///
/// Di Giovanni et al., "On over-squashing in message passing neural networks: the impact of width, depth,
/// and topology", ICML 2023, theorem 5.5: the sensitivity of a node's state to another's features is
/// bounded by a term that falls with their commute time, so pairs with long ones hear little of each other,
/// however deep the network.
///
/// @param pairs how many pairs were drawn
/// @param relativeError the standard deviation of a single time as a part of it; 0 where they are exact
/// @param median steps of a random walk there and back; NaN where the largest component is one node, the
///     others too
public record CommuteTimes(int pairs, double relativeError, double mean, double median, double p90, double max) {
    /// Components up to this size are computed exactly.
    private static final int EXACT = 1000;

    /// As many as are usual for larger components: each is a linear system over the whole graph.
    public static final int PROJECTIONS = 200;

    /// @param pairs how many pairs of different nodes to draw
    public static CommuteTimes of(SimpleGraph graph, int pairs, long key, Threads threads) {
        return of(graph, pairs, PROJECTIONS, key, threads);
    }

    /// @param pairs how many pairs of different nodes to draw
    /// @param projections that times are estimated from in larger components; the relative error is the
    ///     root of 2 over them
    public static CommuteTimes of(SimpleGraph graph, int pairs, int projections, long key, Threads threads) {
        int[] nodes = Components.of(graph).largest();
        if (nodes.length < 2) {
            return new CommuteTimes(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        SimpleGraph part = induced(graph, nodes);
        EffectiveResistance resistance = nodes.length <= EXACT
                ? EffectiveResistance.exact(part, threads)
                : EffectiveResistance.estimated(part, projections, Draws.split(key, 0), threads);
        double[] times = new double[pairs];
        long drawing = Draws.split(key, 1);
        double sum = 0;
        for (int i = 0; i < pairs; i++) {
            int u = Draws.below(nodes.length, drawing, 2L * i);
            int v = Draws.below(nodes.length - 1, drawing, 2L * i + 1);
            times[i] = 2.0 * part.pairs() * resistance.between(u, v < u ? v : v + 1);
            sum += times[i];
        }
        Arrays.sort(times);
        return new CommuteTimes(
                pairs,
                resistance.relativeError(),
                sum / pairs,
                times[(pairs - 1) / 2],
                times[(int) Math.ceil(0.9 * pairs) - 1],
                times[pairs - 1]);
    }

    /// The graph among a component's nodes, numbered in their order.
    private static SimpleGraph induced(SimpleGraph graph, int[] nodes) {
        int[][] edges = Arrays.stream(nodes)
                .boxed()
                .flatMap(u -> Arrays.stream(graph.neighbors(), graph.offsets()[u], graph.offsets()[u + 1])
                        .filter(v -> u < v)
                        .mapToObj(v -> new int[] {Arrays.binarySearch(nodes, u), Arrays.binarySearch(nodes, v)}))
                .toArray(int[][]::new);
        return SimpleGraph.of(nodes.length, edges);
    }
}
