package dev.hypha.tensor;

import java.util.Locale;

/// What a piece of off-heap memory is held for; [Memory] counts each apart.
public enum Purpose {
    /// Nodes, edges and times of a graph.
    GRAPH,
    /// Encoded columns of the input.
    FEATURES,
    /// Weights, their gradients and the optimiser's state.
    PARAMETERS,
    /// Values and gradients on a tape.
    ACTIVATIONS,
    /// Scratch space of kernels and loaders, and what native libraries are expected to take.
    WORKSPACE;

    /// Its name for people and in files, such as `features`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
