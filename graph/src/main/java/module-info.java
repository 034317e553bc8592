/// Typed, timed graphs and the samplers over them. Knows no tensor.
module dev.hypha.graph {
    exports dev.hypha.graph;
    exports dev.hypha.graph.generating;
    exports dev.hypha.graph.importing;
    exports dev.hypha.graph.reading;
    exports dev.hypha.graph.sampling;
    exports dev.hypha.graph.statistics;
    exports dev.hypha.graph.store;
}
