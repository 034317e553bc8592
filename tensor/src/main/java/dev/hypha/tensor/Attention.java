package dev.hypha.tensor;

/// How an attention scores an entry, target i and source j, head by head; what it does with the scores is always the
/// same: a softmax over each target's entries, attention dropout, and the sum of the sources' values with these
/// weights.
///
/// | form | left | right | score |
/// |---|---|---|---|
/// | GAT | [targets, heads] | [sources, heads] | leaky(l_i + r_j) |
/// | GATV2 | [targets, cols] | [sources, cols] | a . leaky(L_i + R_j) |
/// | DOT | [targets, cols] | [sources, cols] | scale L_i . R_j |
///
/// Columns are shared out among the heads, each the same number of neighbouring ones. The concatenated-linear score of
/// GAT, leaky(a . [W h_i | W h_j]), is its form with l = W h a_left and r = W h a_right.
///
/// @param heads that attend apart from each other
/// @param parameter the leaky relu's slope below 0, or the scale of DOT
/// @param dropout probability that a weight is dropped; those that are kept are divided by 1 - dropout
/// @param key which weights are dropped
public record Attention(Form form, int heads, float parameter, float dropout, long key) {
    /// How an entry is scored.
    public enum Form {
        /// Velickovic et al., "Graph attention networks", ICLR 2018, equation 3.
        GAT,
        /// Brody, Alon, Yahav, "How attentive are graph attention networks?", ICLR 2022, equation 7.
        GATV2,
        /// Vaswani et al., "Attention is all you need", NeurIPS 2017, equation 1, on the entries of a pattern.
        DOT
    }

    /// @throws IllegalArgumentException if a setting is out of range
    public Attention {
        if (heads < 1) throw new IllegalArgumentException("number of heads " + heads + " is below 1");
        Optimizer.requireFraction(dropout, "attention dropout");
    }

    /// Without dropout.
    public Attention(Form form, int heads, float parameter) {
        this(form, heads, parameter, 0, 0);
    }

    /// What an attention reads.
    ///
    /// @param pattern targets by sources, or its transpose where a kernel says so
    /// @param vector a of GATV2, shape [1, cols], otherwise null
    /// @param values shape [sources, width]
    public record Operands(Csr pattern, Attention attention, Matrix left, Matrix right, Matrix vector, Matrix values) {
        /// The same on the transposed pattern.
        public Operands transpose() {
            return new Operands(pattern.transpose(), attention, left, right, vector, values);
        }
    }
}
