package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// A backward walk of GATv2 or dot-product attention, over targets for the gradient of left and of the
/// vector, or over sources for those of right and values. Weights w are computed again from the scores and
/// the targets' statistics; with g = dy_i . v_j and D_i the dot product of output and dy, the derivative by
/// a score is w (kept g - D_i), and that by a value w kept dy_i.
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
    private final List<TilePass> passes;

    // Addresses in scratch space, for the tile at hand: numbers of entries.
    private long weights;
    private long derivatives;

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
        this.passes = passes();
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

    private List<TilePass> passes() {
        List<TilePass> all = new ArrayList<>();
        int[] offsets = scores.offsets;
        boolean drops = scores.attention.dropout() > 0;
        all.add((start, end) -> touch(other, 4L * width, start, end));
        all.add((start, end) -> touch(scores.other, scores.step, start, end));
        if (!ofTargets) all.add((start, end) -> touch(stats, 16L * scores.heads, start, end));
        all.add((start, end) -> dots.dots(own, other, offsets, scores.indices, start, end, 1, derivatives));
        if (drops) all.add((start, end) -> scores.drop(offsets[start], offsets[end], derivatives));
        all.add((start, end) -> scores.write(start, end, weights));
        all.add(this::shift);
        all.add((start, end) -> VectorExp.replace(weights, offsets[end] - offsets[start]));
        all.add(this::derive);
        if (valueGradient != null) {
            if (drops) all.add((start, end) -> scores.drop(offsets[start], offsets[end], weights));
            all.add((start, end) -> valueGradient.add(weights - ENTRY * offsets[start], start, end));
        }
        if (scores.attention.form() == Attention.Form.GATV2) {
            all.add(this::addLeaky);
        } else if (wantsScore) {
            all.add(this::scale);
            all.add((start, end) -> dotGradient.add(derivatives - ENTRY * offsets[start], start, end));
        }
        return all;
    }

    void rows(int from, int to) {
        int[] offsets = scores.offsets;
        for (int start = from; start < to; ) {
            int end = scores.tileEnd(start, to);
            long numbers = (long) (offsets[end] - offsets[start] + 5) * Lanes.COUNT;
            weights = Scratch.weights().address(2 * numbers);
            derivatives = weights + 4 * numbers;
            for (TilePass pass : passes) pass.run(start, end);
            start = end;
        }
    }

    private void touch(long rows, long step, int start, int end) {
        Touch.rows(rows, step, scores.indices, scores.offsets[start], scores.offsets[end], weights);
    }

    /// Scores minus what their targets have in the statistics, the logarithm of the sum of all exponentials.
    private void shift(int start, int end) {
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
    private void derive(int start, int end) {
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

    private void scale(int start, int end) {
        FloatVector scale = Lanes.all(scores.attention.parameter());
        long entries = scores.offsets[end] - (long) scores.offsets[start];
        for (long k = 0; k < ENTRY * entries; k += ENTRY) {
            long p = (derivatives + k) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(p).mul(scale), p);
        }
    }

    private void addLeaky(int start, int end) {
        long first = derivatives - ENTRY * scores.offsets[start];
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
                            Lanes.at((first + ENTRY * e) & Lanes.ADDRESS).rearrange(heads);
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
