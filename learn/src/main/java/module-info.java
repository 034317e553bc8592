/// Layers, models, losses, metrics, the trainer and its runs.
module dev.hypha.learn {
    requires transitive dev.hypha.graph;
    requires transitive dev.hypha.tensor;
    requires com.fasterxml.jackson.databind;

    exports dev.hypha.learn;
}
