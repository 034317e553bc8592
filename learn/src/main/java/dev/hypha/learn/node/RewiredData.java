package dev.hypha.learn.node;

import dev.hypha.algorithms.Threads;
import dev.hypha.learn.Keys;
import dev.hypha.learn.Place;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.rewiring.RewiredEdges;
import dev.hypha.learn.rewiring.Rewiring;

/// The graph that a method learns on: the one that was read, or what its rewiring made of that.
final class RewiredData {
    /// The same for all seeds of a run, so that they differ in training alone.
    private static final long KEY = Keys.split(0, "rewiring");

    private RewiredData() {}

    /// @return `data` itself without a rewiring; otherwise a graph that shares its features, worked out
    ///     once
    /// @throws dev.hypha.graph.InputException where the graph is more than the rewiring can take
    static NodeData of(Method method, NodeData data, Place place) {
        if (method.rewiring().isEmpty()) return data;
        Rewiring rewiring = method.rewiring().get();
        return data.edges().once(rewiring, NodeData.class, () -> rewired(rewiring, data, place));
    }

    private static NodeData rewired(Rewiring rewiring, NodeData data, Place place) {
        place.progress().stage("rewiring", -1);
        Threads threads = new Threads(place.provider().threads());
        RewiredEdges edges = RewiredEdges.of(data.edges().others(), rewiring, KEY, threads);
        place.progress().done();
        String sentence = "Rewired by %s: %s.".formatted(rewiring, edges.sentence());
        place.progress().note(sentence);
        return data.withEdges(edges.pattern(), sentence, rewiring.toString());
    }
}
