package dev.hypha.graph.sampling;

/// Which of a node's visible neighbors are taken where there are more than the fan-out.
public enum Pick {
    /// The latest ones by (time, number).
    LAST,
    /// As many distinct ones, each set of them equally likely.
    UNIFORM
}
