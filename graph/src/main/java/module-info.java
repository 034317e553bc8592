/// Typed, timed graphs and the samplers over them. Knows no tensor.
module dev.hypha.graph {
    exports dev.hypha.graph;
    exports dev.hypha.graph.sampling;
}
