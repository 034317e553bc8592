package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// A method that draws ends for links that do not exist: what a model of links learns to tell from those
/// that do.
///
/// What it draws is never a positive: membership is looked up in the graph, exactly. A method rejects what
/// it may not give, and where that takes too long goes through all that it may, so that every answer follows
/// the distribution that it names, given that it is no positive. A pure function of its fields and the
/// arguments.
public interface NegativeSampler {
    /// Stands where an anchor has every candidate as a positive.
    int NONE = -1;

    /// Draws ends for some anchors.
    ///
    /// @param positives each anchor's true partners as its list; to keep all known links out of the
    ///     negatives, all known links, in both directions if a link has none
    /// @param anchors the ends that stay, one for each link of the batch
    /// @param partners their true partners in the links of the batch
    /// @param count negatives for each anchor; an anchor may get the same one twice
    /// @param key source of all randomness
    /// @return candidates or [#NONE], row-major, shape [anchors.length, count]
    int[] sample(Neighbors positives, int[] anchors, int[] partners, int count, long key);
}
