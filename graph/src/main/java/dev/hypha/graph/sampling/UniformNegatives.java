package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Draws every candidate that is no positive with the same probability.
///
/// @param candidates what may be drawn
public record UniformNegatives(Candidates candidates) implements NegativeSampler {
    @Override
    public int[] sample(Neighbors positives, int[] anchors, int[] partners, int count, long key) {
        return NegativeDraws.sample(proposals(), null, candidates, positives, anchors, count, key);
    }

    NegativeDraws.Proposals proposals() {
        return new NegativeDraws.Proposals() {
            @Override
            public int propose(int index, long key) {
                return candidates.count() == 0 ? NONE : Mixing.below(candidates.count(), key, 0);
            }

            @Override
            public void all(int index, NegativeDraws.Visitor visitor) {
                for (int i = 0; i < candidates.count(); i++) {
                    visitor.visit(i, 1);
                }
            }
        };
    }
}
