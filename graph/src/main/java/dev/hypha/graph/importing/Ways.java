package dev.hypha.graph.importing;

/// In which directions the edges of a type are stored.
enum Ways {
    /// As they come; another edge type has them the other way round.
    DIRECTED,
    /// Each edge is stored the other way round too, but for self-loops, so that the type reverses itself.
    BOTH,
    /// Edges come both ways already, so that the type reverses itself.
    SYMMETRIC
}
