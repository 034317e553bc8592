/// What is computed on graphs without gradients. Knows no tensor.
module dev.hypha.algorithms {
    requires transitive dev.hypha.graph;

    exports dev.hypha.algorithms;
    exports dev.hypha.algorithms.centrality;
    exports dev.hypha.algorithms.curvature;
    exports dev.hypha.algorithms.hops;
    exports dev.hypha.algorithms.labels;
    exports dev.hypha.algorithms.resistance;
    exports dev.hypha.algorithms.rewiring;
}
