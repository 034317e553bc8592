/// Layers, models, losses, metrics, the trainer and its runs.
module dev.hypha.learn {
    requires transitive dev.hypha.algorithms;
    requires transitive dev.hypha.graph;
    requires transitive dev.hypha.tensor;
    requires transitive com.fasterxml.jackson.databind;
    requires java.management;
    requires jdk.management;

    exports dev.hypha.learn;
    exports dev.hypha.learn.data;
    exports dev.hypha.learn.metrics;
    exports dev.hypha.learn.node;
    exports dev.hypha.learn.papers;
    exports dev.hypha.learn.probe;
    exports dev.hypha.learn.rewiring;
    exports dev.hypha.learn.zoo;
}
