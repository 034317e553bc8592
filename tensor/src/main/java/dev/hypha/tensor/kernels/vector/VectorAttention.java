package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainAttention;

/// Attention on vectors, for as many heads as a vector has lanes; more heads take the plain loops.
///
/// Rows are done in tiles of some hundred entries, whose scores and weights lie in scratch space that stays
/// in the cache. A row of features is fetched from memory once per walk: what follows in the same tile
/// finds it in the cache.
public final class VectorAttention extends PlainAttention {
    @Override
    public void forward(Attention.Operands in, Matrix out, Matrix stats, Matrix above, int from, int to) {
        if (!fits(in)) super.forward(in, out, stats, above, from, to);
        else if (isGat(in)) new GatForward(in, out, stats, above).rows(from, to);
        else new AttentionForward(in, out, stats).rows(from, to);
    }

    private static boolean fits(Attention.Operands in) {
        int heads = in.attention().heads();
        return heads <= Lanes.COUNT && in.values().cols() > 0 && in.left().cols() > 0;
    }

    private static boolean isGat(Attention.Operands in) {
        return in.attention().form() == Attention.Form.GAT;
    }

    @Override
    public void outputDots(Attention.Operands in, Matrix out, Matrix dy, Matrix stats, int from, int to) {
        if (!fits(in)) super.outputDots(in, out, dy, stats, from, to);
        else if (isGat(in)) new GatTargets(in, stats).outputDots(out, dy, from, to);
        else rowDots(in, out, dy, stats, from, to);
    }

    private static void rowDots(Attention.Operands in, Matrix out, Matrix dy, Matrix stats, int from, int to) {
        int heads = in.attention().heads();
        long place = Lanes.address(stats) + 4L * ((long) stats.cols() * from + heads);
        new HeadPairs(heads, dy.cols(), stats.cols())
                .dots(Lanes.address(out), Lanes.address(dy), null, null, from, to, 1, place);
    }

    @Override
    public void targetGradient(
            Attention.Operands in,
            Matrix stats,
            Matrix above,
            Matrix dy,
            Matrix dLeft,
            Matrix dVectors,
            int piece,
            int from,
            int to) {
        if (!fits(in)) super.targetGradient(in, stats, above, dy, dLeft, dVectors, piece, from, to);
        else if (isGat(in)) new GatTargets(in, stats).add(above, dy, dLeft, from, to);
        else AttentionBackward.ofTargets(in, stats, dy, dLeft, dVectors, piece).rows(from, to);
    }

    @Override
    public void sourceGradient(
            Attention.Operands in, Matrix stats, Matrix dy, Matrix dRight, Matrix dValues, int from, int to) {
        if (!fits(in)) super.sourceGradient(in, stats, dy, dRight, dValues, from, to);
        else if (isGat(in)) new GatBackward(in, stats, dy, dRight, dValues).rows(from, to);
        else AttentionBackward.ofSources(in, stats, dy, dRight, dValues).rows(from, to);
    }
}
