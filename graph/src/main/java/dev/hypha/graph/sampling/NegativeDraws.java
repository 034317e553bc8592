package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// The loop of all negative samplers: propose until a proposal is a negative, in the end choose among all of
/// them.
final class NegativeDraws {
    private static final int TRIES = 48;

    private NegativeDraws() {}

    /// One distribution over candidates for each anchor.
    interface Proposals {
        /// Draws a candidate, or [NegativeSampler#NONE] where there is nothing to draw from.
        ///
        /// @param index of the anchor in the batch
        int propose(int index, long key);

        /// Shows all candidates with what they are drawn in proportion to; the same one may be shown several
        /// times.
        void all(int index, Visitor visitor);
    }

    /// What is shown a candidate.
    @FunctionalInterface
    interface Visitor {
        void visit(int candidate, double weight);
    }

    /// @param otherwise draws where a method has no negative to give, else null
    static int[] sample(
            Proposals method,
            Proposals otherwise,
            Candidates candidates,
            Neighbors positives,
            int[] anchors,
            int count,
            long key) {
        int[] drawn = new int[Math.multiplyExact(anchors.length, count)];
        for (int i = 0; i < drawn.length; i++) {
            int index = i / count;
            long own = Mixing.split(key, i);
            drawn[i] = one(method, candidates, positives, anchors[index], index, own);
            if (drawn[i] == NegativeSampler.NONE && otherwise != null) {
                drawn[i] = one(otherwise, candidates, positives, anchors[index], index, Mixing.split(own, -1));
            }
        }
        return drawn;
    }

    private static int one(
            Proposals method, Candidates candidates, Neighbors positives, int anchor, int index, long key) {
        for (int i = 0; i < TRIES; i++) {
            int proposed = method.propose(index, Mixing.split(key, i));
            if (proposed == NegativeSampler.NONE) {
                return NegativeSampler.NONE;
            }
            if (candidates.negative(positives, anchor, proposed)) {
                return proposed;
            }
        }
        var choice = new Choice(Mixing.split(key, TRIES));
        method.all(index, (candidate, weight) -> {
            if (weight > 0 && candidates.negative(positives, anchor, candidate)) {
                choice.visit(candidate, weight);
            }
        });
        return choice.chosen;
    }

    /// Chooses one in proportion to the weights while they pass by (Chao, "A general purpose unequal
    /// probability sampling plan", Biometrika 1982, for one).
    private static final class Choice implements Visitor {
        private final long key;
        private double total;
        private int seen;
        private int chosen = NegativeSampler.NONE;

        Choice(long key) {
            this.key = key;
        }

        @Override
        public void visit(int candidate, double weight) {
            total += weight;
            if (Mixing.unit(key, seen++) * total < weight) {
                chosen = candidate;
            }
        }
    }
}
