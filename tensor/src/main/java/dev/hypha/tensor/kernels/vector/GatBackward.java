package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The backward walk of GAT's attention, over sources, for the gradients of right and values. Weights w are
/// computed again from the scores and the targets' statistics; with g = dy_i . v_j and D_i the dot product
/// of output and dy, the derivative by a score is w (kept g - D_i), and that by a value w kept dy_i.
final class GatBackward {
    private final GatTiles tiles;
    private final HeadPairs dots;
    private final long right;
    private final long stats;
    private final long dy;
    private final long values;
    private final int width;
    private final long dRight;
    private final HeadWalk dValues;
    private final List<TilePass> passes;

    // Addresses in scratch space, for the tile at hand: numbers of entries, then vectors of rows.
    private long size;
    private long sums;
    private long weights;
    private long outputs;
    private long derivatives;
    private long totals;

    /// @param in on the transposed pattern
    GatBackward(Attention.Operands in, Matrix stats, Matrix dy, Matrix dRight, Matrix dValues) {
        this.tiles = new GatTiles(in.attention(), in.pattern());
        this.width = dy.cols();
        this.dots = new HeadPairs(tiles.heads, width, tiles.room);
        this.right = Lanes.address(in.right());
        this.stats = Lanes.address(stats);
        this.dy = Lanes.address(dy);
        this.values = Lanes.address(in.values());
        this.dRight = dRight == null ? 0 : Lanes.address(dRight);
        this.dValues = dValues == null ? null : tiles.walk(dy, dValues);
        this.passes = passes();
    }

    private List<TilePass> passes() {
        List<TilePass> all = new ArrayList<>();
        long quarter = 4L * tiles.heads;
        long step = 4 * quarter;
        HeadGather gather = tiles.gather;
        // What the entries' targets hold: l + r, the shift of the scores, D, and g.
        all.add((start, end) -> tiles.touch(stats, step, start, end, sums));
        all.add((start, end) -> gather.sums(right, quarter, stats + 2 * quarter, step, start, end, sums));
        all.add((start, end) -> gather.copies(stats, step, start, end, weights));
        all.add((start, end) -> gather.copies(stats + quarter, step, start, end, outputs));
        all.add((start, end) -> tiles.touch(dy, 4L * width, start, end, derivatives));
        all.add((start, end) -> dots.dots(values, dy, tiles.offsets, tiles.indices, start, end, 1, derivatives));
        if (tiles.drops()) all.add((start, end) -> tiles.drop(start, end, derivatives));
        all.add((_, _) -> shift(tiles.slope, sums, weights, size));
        all.add((_, _) -> VectorExp.replace(weights, size / HeadFold.VECTOR));
        all.add((_, _) -> derive(tiles.slope, sums, weights, outputs, derivatives, size));
        if (dRight != 0) {
            all.add((start, end) -> tiles.fold.sum(derivatives, start, end, totals));
            all.add(this::addDerivatives);
        }
        if (dValues != null) {
            if (tiles.drops()) all.add((start, end) -> tiles.drop(start, end, weights));
            all.add((start, end) -> dValues.add(tiles.entryZero(weights, start), start, end));
        }
        return all;
    }

    void rows(int from, int to) {
        for (int start = from; start < to; ) {
            int end = tiles.end(start, to);
            size = tiles.bytes(start, end);
            sums = Scratch.weights().address((4 * size + (end - start) * HeadFold.VECTOR) / 4);
            weights = sums + size;
            outputs = weights + size;
            derivatives = outputs + size;
            totals = derivatives + size;
            for (TilePass pass : passes) pass.run(start, end);
            start = end;
        }
    }

    /// Shifts become the logarithms of weights.
    private static void shift(float slope, long sums, long shifts, long size) {
        for (long k = 0; k < size; k += HeadFold.VECTOR) {
            long p = (shifts + k) & Lanes.ADDRESS;
            FloatVector score = HeadPairs.leaky(Lanes.at((sums + k) & Lanes.ADDRESS), slope);
            Lanes.put(score.sub(Lanes.at(p)), p);
        }
    }

    /// Products become derivatives by l + r.
    private static void derive(float slope, long sums, long weights, long outputs, long derivatives, long size) {
        FloatVector below = Lanes.all(slope);
        for (long k = 0; k < size; k += HeadFold.VECTOR) {
            long p = (derivatives + k) & Lanes.ADDRESS;
            FloatVector factor =
                    below.blend(1, Lanes.at((sums + k) & Lanes.ADDRESS).compare(VectorOperators.GT, 0));
            FloatVector byScore = Lanes.at(p).sub(Lanes.at((outputs + k) & Lanes.ADDRESS));
            Lanes.put(byScore.mul(Lanes.at((weights + k) & Lanes.ADDRESS)).mul(factor), p);
        }
    }

    private void addDerivatives(int start, int end) {
        long step = 4L * tiles.heads;
        for (int j = start; j < end; j++) {
            for (long h = 0; h < step; h += 4) {
                long o = (dRight + step * j + h) & Lanes.ADDRESS;
                float sum = Lanes.number((totals + HeadFold.VECTOR * (j - start) + h) & Lanes.ADDRESS);
                Lanes.put(Lanes.number(o) + sum, o);
            }
        }
    }
}
