package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Walks whose every step depends on the current node alone, as of Perozzi, Al-Rfou and Skiena, "DeepWalk",
/// KDD 2014; with restarts, those of personalised PageRank.
///
/// @param length steps of each walk
/// @param restart probability of going back to the start instead, at each step
public record RandomWalks(int length, double restart) implements WalkSampler {
    public RandomWalks {
        if (length < 0 || !(restart >= 0 && restart <= 1)) {
            throw new IllegalArgumentException("no random walks: %d steps, restart %s".formatted(length, restart));
        }
    }

    /// Walks without restarts.
    public RandomWalks(int length) {
        this(length, 0);
    }

    @Override
    public int[] sample(Neighbors graph, int[] starts, long key) {
        return Walking.sample(graph, starts, length, key, (start, before, node, own) -> {
            // The second number of the step's sequence; the first one chooses the neighbor.
            boolean back = restart > 0 && Mixing.unit(own, 1) < restart;
            return back ? start : Step.from(graph, node, own);
        });
    }
}
