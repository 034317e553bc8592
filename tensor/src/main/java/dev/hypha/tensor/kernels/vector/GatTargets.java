package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;

/// What is worked out for each target of GAT's attention going back, from its own rows alone.
///
/// The derivative by left is the sum over entries of w (kept g - D) times the slope of the leaky relu. The
/// sum of w (kept g - D) is 0, as D is the sum of w kept g and the weights sum to 1. So only entries with a
/// positive score count, by 1 - slope: with P the sum of w kept v over them and S that of w it is (1 -
/// slope) (P . dy - S D).
final class GatTargets {
    private final int heads;
    private final float slope;
    private final long left;
    private final long stats;

    GatTargets(Attention.Operands in, Matrix stats) {
        this.heads = in.attention().heads();
        this.slope = in.attention().parameter();
        this.left = Lanes.address(in.left());
        this.stats = Lanes.address(stats);
    }

    /// Writes D and a copy of left into the statistics.
    void outputDots(Matrix out, Matrix dy, int from, int to) {
        long quarter = 4L * heads;
        long place = stats + 4 * quarter * from + quarter;
        new HeadPairs(heads, dy.cols(), 4 * heads)
                .dots(Lanes.address(out), Lanes.address(dy), null, null, from, to, 1, place);
        for (int i = from; i < to; i++) {
            for (long h = 0; h < quarter; h += 4) {
                float l = Lanes.number((left + quarter * i + h) & Lanes.ADDRESS);
                Lanes.put(l, (stats + 4 * quarter * i + 2 * quarter + h) & Lanes.ADDRESS);
            }
        }
    }

    /// Adds to the gradient of left.
    ///
    /// @param above P
    void add(Matrix above, Matrix dy, Matrix dLeft, int from, int to) {
        long quarter = 4L * heads;
        long products = Scratch.weights().address((long) (to - from) * heads);
        new HeadPairs(heads, dy.cols(), heads)
                .dots(Lanes.address(above), Lanes.address(dy), null, null, from, to, 1, products);
        long gradient = Lanes.address(dLeft);
        for (int i = from; i < to; i++) {
            for (long h = 0; h < quarter; h += 4) {
                long stat = stats + 4 * quarter * i + h;
                float product = Lanes.number((products + quarter * (i - from) + h) & Lanes.ADDRESS);
                float d = Lanes.number((stat + quarter) & Lanes.ADDRESS);
                float s = Lanes.number((stat + 3 * quarter) & Lanes.ADDRESS);
                long o = (gradient + quarter * i + h) & Lanes.ADDRESS;
                Lanes.put(Lanes.number(o) + (1 - slope) * (product - s * d), o);
            }
        }
    }
}
