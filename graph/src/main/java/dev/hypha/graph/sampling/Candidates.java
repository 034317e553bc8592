package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// What may stand at the end of a link.
///
/// @param count the candidates are the numbers below it
/// @param ofAnchors true if candidates and anchors are nodes of one type: then nothing is a candidate for
///     itself
public record Candidates(int count, boolean ofAnchors) {
    public Candidates {
        if (count < 0) {
            throw new IllegalArgumentException("no number of candidates: " + count);
        }
    }

    /// The nodes of a graph of one type.
    public static Candidates nodes(int count) {
        return new Candidates(count, true);
    }

    /// Nodes of another type than the anchors'.
    public static Candidates others(int count) {
        return new Candidates(count, false);
    }

    /// Whether a candidate is a negative for an anchor.
    boolean negative(Neighbors positives, int anchor, int candidate) {
        return !(ofAnchors && anchor == candidate) && !positives.contains(anchor, candidate);
    }
}
