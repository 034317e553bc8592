package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// Draws the partners of other links of the batch: as popular as true partners are, and already looked at.
/// An anchor for which none of them is a negative gets uniform ones.
///
/// @param candidates what may be drawn
public record InBatchNegatives(Candidates candidates) implements NegativeSampler {
    @Override
    public int[] sample(Neighbors positives, int[] anchors, int[] partners, int count, long key) {
        NegativeDraws.Proposals uniform = new UniformNegatives(candidates).proposals();
        return NegativeDraws.sample(proposals(partners), uniform, candidates, positives, anchors, count, key);
    }

    private static NegativeDraws.Proposals proposals(int[] partners) {
        return new NegativeDraws.Proposals() {
            @Override
            public int propose(int index, long key) {
                return partners.length == 0 ? NONE : partners[Mixing.below(partners.length, key, 0)];
            }

            @Override
            public void all(int index, NegativeDraws.Visitor visitor) {
                Arrays.stream(partners).forEach(partner -> visitor.visit(partner, 1));
            }
        };
    }
}
