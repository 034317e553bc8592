package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainAttention;

/// Attention on vectors, for as many heads as a vector has lanes; more heads take the plain loops.
///
/// Rows are done in tiles of some hundred entries, whose scores and weights lie in scratch space that stays in the
/// cache. A row of features is fetched from memory once per walk: what follows in the same tile finds it in the cache.
public final class VectorAttention extends PlainAttention {
    @Override
    public void forward(Attention.Operands in, Matrix out, Matrix stats, int from, int to) {
        if (!fits(in)) super.forward(in, out, stats, from, to);
        else new AttentionForward(in, out, stats).rows(from, to);
    }

    private static boolean fits(Attention.Operands in) {
        int heads = in.attention().heads();
        return heads <= Lanes.COUNT && in.values().cols() > 0 && in.left().cols() > 0;
    }

    @Override
    public void targetGradient(
            Attention.Operands in,
            Matrix stats,
            Matrix dy,
            Matrix dLeft,
            Matrix dVectors,
            int piece,
            int from,
            int to) {
        if (!fits(in)) super.targetGradient(in, stats, dy, dLeft, dVectors, piece, from, to);
        else AttentionBackward.ofTargets(in, stats, dy, dLeft, dVectors, piece).rows(from, to);
    }

    @Override
    public void sourceGradient(
            Attention.Operands in, Matrix stats, Matrix dy, Matrix dRight, Matrix dValues, int from, int to) {
        if (!fits(in)) super.sourceGradient(in, stats, dy, dRight, dValues, from, to);
        else AttentionBackward.ofSources(in, stats, dy, dRight, dValues).rows(from, to);
    }
}
