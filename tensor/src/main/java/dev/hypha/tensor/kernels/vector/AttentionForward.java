package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The forward walk of GATv2 and dot-product attention: scores, softmax and weighted sum of a tile of
/// targets.
final class AttentionForward {
    private static final long ENTRY = AttentionScores.ENTRY;

    private final AttentionScores scores;
    private final HeadWalk values;
    private final long stats;

    AttentionForward(Attention.Operands in, Matrix out, Matrix stats) {
        this.scores = new AttentionScores(in, in.left(), in.right());
        this.values = new HeadWalk(
                scores.offsets,
                scores.indices,
                Lanes.address(in.values()),
                Lanes.address(out),
                in.values().cols(),
                scores.heads,
                Lanes.COUNT);
        this.stats = Lanes.address(stats);
    }

    void rows(int from, int to) {
        int[] offsets = scores.offsets;
        boolean drops = scores.attention.dropout() > 0;
        for (int start = from; start < to; ) {
            int end = scores.tileEnd(start, to);
            int first = offsets[start];
            long entries = offsets[end] - first;
            long weights = Scratch.weights().address((entries + end - start) * Lanes.COUNT);
            Touch.rows(scores.other, scores.step, scores.indices, first, offsets[end], weights);
            scores.write(start, end, weights);
            softmax(start, end, weights, weights + ENTRY * entries);
            if (drops) scores.drop(first, offsets[end], weights);
            values.write(weights - ENTRY * first, start, end);
            start = end;
        }
    }

    /// Scores become weights. In several small loops: one large loop would be more than the compiler is
    /// willing to
    /// inline.
    ///
    /// @param totals address for a vector of each row
    private void softmax(int start, int end, long weights, long totals) {
        int[] offsets = scores.offsets;
        VectorMask<Float> present = scores.present();
        long row = 16L * scores.heads;
        long p = weights;
        for (int i = start; i < end; i++) {
            int degree = offsets[i + 1] - offsets[i];
            subtractLargest(p, degree, (stats + row * i) & Lanes.ADDRESS, present);
            p += ENTRY * degree;
        }
        VectorExp.replace(weights, offsets[end] - offsets[start]);
        p = weights;
        for (int i = start; i < end; i++) {
            int degree = offsets[i + 1] - offsets[i];
            normalize(p, degree, totals + ENTRY * (i - start));
            p += ENTRY * degree;
        }
        VectorLog.replace(totals, end - start);
        for (int i = start; i < end; i++) {
            long o = (stats + row * i) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(o, present).add(Lanes.at((totals + ENTRY * (i - start)) & Lanes.ADDRESS)), o, present);
        }
    }

    /// Takes the largest score of each head from all of them, and writes it down.
    private static void subtractLargest(long scores, int degree, long place, VectorMask<Float> present) {
        FloatVector largest = Lanes.all(degree == 0 ? 0 : Float.NEGATIVE_INFINITY);
        for (int e = 0; e < degree; e++) largest = largest.max(Lanes.at((scores + ENTRY * e) & Lanes.ADDRESS));
        for (int e = 0; e < degree; e++) {
            long o = (scores + ENTRY * e) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(o).sub(largest), o);
        }
        Lanes.put(largest, place, present);
    }

    /// Divides by the sum of each head, and writes it down; 1, whose logarithm is 0, where there are no
    /// entries.
    private static void normalize(long weights, int degree, long total) {
        FloatVector sum = Lanes.all(degree == 0 ? 1 : 0);
        for (int e = 0; e < degree; e++) sum = sum.add(Lanes.at((weights + ENTRY * e) & Lanes.ADDRESS));
        FloatVector inverse = Lanes.all(1).div(sum);
        for (int e = 0; e < degree; e++) {
            long o = (weights + ENTRY * e) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(o).mul(inverse), o);
        }
        Lanes.put(sum, total & Lanes.ADDRESS);
    }
}
