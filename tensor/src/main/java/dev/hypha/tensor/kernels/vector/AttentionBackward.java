package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// A backward walk of GATv2 or dot-product attention, over targets for the gradient of left and of the
/// vector, or over
/// sources for those of right and
/// values. Weights w are computed again from the scores and the targets' statistics; with g = dy_i . v_j and
/// D_i the
/// dot
/// product of output and dy, the derivative by a score is w (kept g - D_i), and that by a value w kept dy_i.
final class AttentionBackward {
    private static final long ENTRY = AttentionScores.ENTRY;

    private final AttentionScores scores;
    private final HeadPairs dots;
    private final boolean ofTargets;
    private final long stats;
    private final long own;
    private final long other;
    private final int width;
    private final long dScore;
    private final boolean wantsScore;
    private final long vector;
    private final long dVector;
    private final HeadWalk dotGradient;
    private final HeadWalk valueGradient;

    private AttentionBackward(
            Attention.Operands in,
            Matrix stats,
            Matrix dy,
            boolean ofTargets,
            Matrix dScore,
            Matrix dValues,
            long dVector) {
        this.ofTargets = ofTargets;
        this.scores = ofTargets
                ? new AttentionScores(in, in.left(), in.right())
                : new AttentionScores(in, in.right(), in.left());
        this.width = dy.cols();
        this.dots = new HeadPairs(scores.heads, width, Lanes.COUNT);
        this.stats = Lanes.address(stats);
        this.own = Lanes.address(ofTargets ? dy : in.values());
        this.other = Lanes.address(ofTargets ? in.values() : dy);
        this.wantsScore = dScore != null;
        this.dScore = dScore == null ? 0 : Lanes.address(dScore);
        this.vector = in.vector() == null ? 0 : Lanes.address(in.vector());
        this.dVector = dVector;
        this.dotGradient = walk(scores.other, this.dScore, scores.cols);
        this.valueGradient = dValues == null ? null : walk(other, Lanes.address(dValues), width);
    }

    private HeadWalk walk(long from, long to, int cols) {
        return new HeadWalk(scores.offsets, scores.indices, from, to, cols, scores.heads, Lanes.COUNT);
    }

    static AttentionBackward ofTargets(
            Attention.Operands in, Matrix stats, Matrix dy, Matrix dLeft, Matrix dVectors, int piece) {
        long dVector = dVectors == null ? 0 : Lanes.address(dVectors) + 4L * piece * dVectors.cols();
        return new AttentionBackward(in, stats, dy, true, dLeft, null, dVector);
    }

    static AttentionBackward ofSources(Attention.Operands in, Matrix stats, Matrix dy, Matrix dRight, Matrix dValues) {
        return new AttentionBackward(in, stats, dy, false, dRight, dValues, 0);
    }

    void rows(int from, int to) {
        int[] offsets = scores.offsets;
        for (int start = from; start < to; ) {
            int end = scores.tileEnd(start, to);
            int first = offsets[start];
            long numbers = (long) (offsets[end] - first + 5) * Lanes.COUNT;
            long weights = Scratch.weights().address(2 * numbers);
            long derivatives = weights + 4 * numbers;
            Touch.rows(other, 4L * width, scores.indices, first, offsets[end], weights);
            Touch.rows(scores.other, scores.step, scores.indices, first, offsets[end], weights);
            if (!ofTargets) Touch.rows(stats, 16L * scores.heads, scores.indices, first, offsets[end], weights);
            dots.dots(own, other, offsets, scores.indices, start, end, 1, derivatives);
            boolean drops = scores.attention.dropout() > 0;
            if (drops) scores.drop(first, offsets[end], derivatives);
            shiftedScores(start, end, weights);
            VectorExp.replace(weights, offsets[end] - first);
            derive(start, end, weights, derivatives);
            if (drops && valueGradient != null) scores.drop(first, offsets[end], weights);
            if (valueGradient != null) valueGradient.add(weights - ENTRY * first, start, end);
            scoreGradients(derivatives - ENTRY * first, start, end);
            start = end;
        }
    }

    /// Scores minus what their targets have in the statistics, the logarithm of the sum of all exponentials.
    private void shiftedScores(int start, int end, long weights) {
        scores.write(start, end, weights);
        int[] indices = scores.indices;
        long row = 16L * scores.heads;
        VectorMask<Float> present = scores.present();
        long p = weights;
        for (int r = start; r < end; r++) {
            for (int e = scores.offsets[r]; e < scores.offsets[r + 1]; e++) {
                long stat = (stats + row * (ofTargets ? r : indices[e])) & Lanes.ADDRESS;
                long o = p & Lanes.ADDRESS;
                Lanes.put(Lanes.at(o).sub(Lanes.at(stat, present)), o);
                p += ENTRY;
            }
        }
    }

    /// Dot products become derivatives by the score.
    private void derive(int start, int end, long weights, long derivatives) {
        int[] offsets = scores.offsets;
        int[] indices = scores.indices;
        long quarter = 4L * scores.heads;
        VectorMask<Float> present = scores.present();
        long place = 0;
        for (int r = start; r < end; r++) {
            for (int e = offsets[r]; e < offsets[r + 1]; e++) {
                long stat = stats + 4 * quarter * (ofTargets ? r : indices[e]);
                FloatVector dot = Lanes.at((stat + quarter) & Lanes.ADDRESS, present);
                long q = (derivatives + place) & Lanes.ADDRESS;
                FloatVector weight = Lanes.at((weights + place) & Lanes.ADDRESS);
                Lanes.put(weight.mul(Lanes.at(q).sub(dot)), q);
                place += ENTRY;
            }
        }
    }

    /// @param derivatives address of what would be those of entry 0
    private void scoreGradients(long derivatives, int start, int end) {
        if (scores.attention.form() == Attention.Form.GATV2) {
            addLeaky(derivatives, start, end);
            return;
        }
        if (!wantsScore) return;
        FloatVector scale = Lanes.all(scores.attention.parameter());
        for (int e = scores.offsets[start]; e < scores.offsets[end]; e++) {
            long p = (derivatives + ENTRY * e) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(p).mul(scale), p);
        }
        dotGradient.add(derivatives, start, end);
    }

    private void addLeaky(long derivatives, int start, int end) {
        for (int c = 0; c < scores.cols; c += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.SPECIES.indexInRange(c, scores.cols);
            int perHead = scores.cols / scores.heads;
            int column = c;
            VectorShuffle<Float> heads =
                    VectorShuffle.fromOp(Lanes.SPECIES, lane -> Math.min(column + lane, scores.cols - 1) / perHead);
            FloatVector a = Lanes.at((vector + 4L * c) & Lanes.ADDRESS, mask);
            FloatVector vectorSum = Lanes.zero();
            for (int r = start; r < end; r++) {
                long mine = (scores.own + r * scores.step + 4L * c) & Lanes.ADDRESS;
                FloatVector x = Lanes.at(mine, mask);
                FloatVector sum = Lanes.zero();
                for (int e = scores.offsets[r]; e < scores.offsets[r + 1]; e++) {
                    FloatVector d =
                            Lanes.at((derivatives + ENTRY * e) & Lanes.ADDRESS).rearrange(heads);
                    long their = (scores.other + scores.indices[e] * scores.step + 4L * c) & Lanes.ADDRESS;
                    FloatVector y = x.add(Lanes.at(their, mask));
                    FloatVector slope =
                            Lanes.all(scores.attention.parameter()).blend(1, y.compare(VectorOperators.GT, 0));
                    FloatVector passed = d.mul(slope);
                    sum = sum.add(passed);
                    vectorSum = Lanes.multiplyAdd(passed, y, vectorSum);
                }
                if (!wantsScore) continue;
                long o = (dScore + r * scores.step + 4L * c) & Lanes.ADDRESS;
                Lanes.put(Lanes.multiplyAdd(a, sum, Lanes.at(o, mask)), o, mask);
            }
            if (dVector == 0) continue;
            long o = (dVector + 4L * c) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(o, mask).add(vectorSum), o, mask);
        }
    }
}
