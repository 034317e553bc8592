package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Draws candidates in proportion to a power of how many links they have, so that the popular ones are told
/// from the true ones too: Mikolov et al., "Distributed representations of words and phrases", NeurIPS 2013,
/// with 0.75. A candidate without links is drawn only where there is no other, and with exponent 0 like the
/// others.
public final class DegreeNegatives implements NegativeSampler {
    private final Candidates candidates;
    private final double[] weights;
    private final AliasTable table;

    private DegreeNegatives(Candidates candidates, double[] weights) {
        this.candidates = candidates;
        this.weights = weights;
        this.table = new AliasTable(weights);
    }

    /// Counts how often each candidate is in a list. Made once, for any number of samples.
    ///
    /// @param exponent 1 in proportion to the degree, 0 uniform
    public static DegreeNegatives of(Neighbors links, Candidates candidates, double exponent) {
        double[] weights = new double[candidates.count()];
        for (long i = 0; i < links.edges(); i++) {
            weights[links.source(i)]++;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.pow(weights[i], exponent);
            if (!(weights[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "a candidate's degree to the power of " + exponent + " is no weight");
            }
        }
        return new DegreeNegatives(candidates, weights);
    }

    @Override
    public int[] sample(Neighbors positives, int[] anchors, int[] partners, int count, long key) {
        NegativeDraws.Proposals uniform = new UniformNegatives(candidates).proposals();
        return NegativeDraws.sample(proposals(), uniform, candidates, positives, anchors, count, key);
    }

    private NegativeDraws.Proposals proposals() {
        return new NegativeDraws.Proposals() {
            @Override
            public int propose(int index, long key) {
                return table.draw(key);
            }

            @Override
            public void all(int index, NegativeDraws.Visitor visitor) {
                for (int i = 0; i < weights.length; i++) {
                    visitor.visit(i, weights[i]);
                }
            }
        };
    }
}
