package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The forward walk of GATv2 and dot-product attention: scores, softmax and weighted sum of a tile of
/// targets.
final class AttentionForward {
    private static final long ENTRY = AttentionScores.ENTRY;

    private final AttentionScores scores;
    private final HeadWalk values;
    private final long stats;
    private final List<TilePass> passes;

    // Addresses in scratch space, for the tile at hand.
    private long weights;
    private long totals;

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
        this.passes = passes();
    }

    private List<TilePass> passes() {
        List<TilePass> all = new ArrayList<>();
        all.add((start, end) -> Touch.rows(
                scores.other, scores.step, scores.indices, scores.offsets[start], scores.offsets[end], weights));
        all.add((start, end) -> scores.write(start, end, weights));
        all.add(this::subtractLargest);
        all.add((start, end) -> VectorExp.replace(weights, scores.offsets[end] - scores.offsets[start]));
        all.add(this::normalize);
        all.add((start, end) -> VectorLog.replace(totals, end - start));
        all.add(this::addLogarithms);
        if (scores.attention.dropout() > 0) {
            all.add((start, end) -> scores.drop(scores.offsets[start], scores.offsets[end], weights));
        }
        all.add((start, end) -> values.write(weights - ENTRY * scores.offsets[start], start, end));
        return all;
    }

    void rows(int from, int to) {
        int[] offsets = scores.offsets;
        for (int start = from; start < to; ) {
            int end = scores.tileEnd(start, to);
            int entries = offsets[end] - offsets[start];
            weights = Scratch.weights().address((long) (entries + end - start) * Lanes.COUNT);
            totals = weights + ENTRY * entries;
            for (TilePass pass : passes) pass.run(start, end);
            start = end;
        }
    }

    private void subtractLargest(int start, int end) {
        VectorMask<Float> present = scores.present();
        long p = weights;
        for (int i = start; i < end; i++) {
            int degree = scores.offsets[i + 1] - scores.offsets[i];
            subtractLargest(p, degree, (stats + 16L * scores.heads * i) & Lanes.ADDRESS, present);
            p += ENTRY * degree;
        }
    }

    private void normalize(int start, int end) {
        long p = weights;
        for (int i = start; i < end; i++) {
            int degree = scores.offsets[i + 1] - scores.offsets[i];
            normalize(p, degree, totals + ENTRY * (i - start));
            p += ENTRY * degree;
        }
    }

    private void addLogarithms(int start, int end) {
        VectorMask<Float> present = scores.present();
        for (int i = start; i < end; i++) {
            long o = (stats + 16L * scores.heads * i) & Lanes.ADDRESS;
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
