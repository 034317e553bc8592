package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The forward walk of GAT's attention: scores, softmax and weighted sums of a tile of targets, and with
/// them what the gradient of the targets' scores will want, so that going back needs no walk over targets.
final class GatForward {
    private final GatTiles tiles;
    private final HeadFold fold;
    private final long left;
    private final long right;
    private final long stats;
    private final long given;
    private final int width;
    private final HeadWalk values;
    private final HeadWalk above;
    private final List<TilePass> passes;

    // Addresses in scratch space, for the tile at hand: numbers of entries, then vectors of rows.
    private long size;
    private long sums;
    private long weights;
    private long positive;
    private long largest;
    private long totals;
    private long positiveTotals;

    /// @param above receives the sums over entries with a score above 0; null if not wanted
    GatForward(Attention.Operands in, Matrix out, Matrix stats, Matrix above) {
        this.tiles = new GatTiles(in.attention(), in.pattern());
        this.fold = tiles.fold;
        this.left = Lanes.address(in.left());
        this.right = Lanes.address(in.right());
        this.stats = Lanes.address(stats);
        this.given = Lanes.address(in.values());
        this.width = in.values().cols();
        this.values = tiles.walk(in.values(), out);
        this.above = above == null ? null : tiles.walk(in.values(), above);
        this.passes = passes();
    }

    private List<TilePass> passes() {
        List<TilePass> all = new ArrayList<>();
        float slope = tiles.slope;
        long step = 4L * tiles.heads;
        all.add((start, end) -> tiles.touch(right, step, start, end, sums));
        all.add((start, end) -> tiles.gather.sums(left, step, right, step, start, end, sums));
        all.add((start, end) -> fold.largestLeaky(sums, start, end, slope, largest));
        all.add((start, end) -> fold.subtractFromLeaky(sums, start, end, slope, largest, weights));
        all.add((_, _) -> VectorExp.replace(weights, size / HeadFold.VECTOR));
        if (above != null) all.add((_, _) -> keepPositive(sums, weights, positive, size));
        all.add((start, end) -> fold.sum(weights, start, end, totals));
        all.add((start, end) -> fold.divide(weights, start, end, totals));
        if (above != null) {
            all.add((start, end) -> fold.divide(positive, start, end, totals));
            all.add((start, end) -> fold.sum(positive, start, end, positiveTotals));
        }
        all.add((start, end) -> VectorLog.replace(totals, end - start));
        all.add(this::writeStatistics);
        if (tiles.drops()) {
            all.add((start, end) -> tiles.drop(start, end, weights));
            if (above != null) all.add((start, end) -> tiles.drop(start, end, positive));
        }
        // The sums of a single head are a loop that is short enough to have many reads in flight.
        if (tiles.heads > 1) all.add((start, end) -> tiles.touch(given, 4L * width, start, end, sums));
        all.add((start, end) -> values.write(tiles.entryZero(weights, start), start, end));
        if (above != null) all.add((start, end) -> above.write(tiles.entryZero(positive, start), start, end));
        return all;
    }

    void rows(int from, int to) {
        for (int start = from; start < to; ) {
            int end = tiles.end(start, to);
            size = tiles.bytes(start, end);
            long perRow = (end - start) * HeadFold.VECTOR;
            sums = Scratch.weights().address((3 * size + 3 * perRow) / 4);
            weights = sums + size;
            positive = weights + size;
            largest = positive + size;
            totals = largest + perRow;
            positiveTotals = totals + perRow;
            for (TilePass pass : passes) pass.run(start, end);
            start = end;
        }
    }

    /// The weights of positive scores alone.
    private static void keepPositive(long sums, long weights, long positive, long size) {
        for (long k = 0; k < size; k += HeadFold.VECTOR) {
            FloatVector weight = Lanes.at((weights + k) & Lanes.ADDRESS);
            FloatVector sum = Lanes.at((sums + k) & Lanes.ADDRESS);
            FloatVector kept = Lanes.zero().blend(weight, sum.compare(VectorOperators.GT, 0));
            Lanes.put(kept, (positive + k) & Lanes.ADDRESS);
        }
    }

    /// The logarithm of the sum of all exponentials, and the sum of the weights of positive scores.
    private void writeStatistics(int start, int end) {
        long quarter = 4L * tiles.heads;
        for (int i = start; i < end; i++) {
            boolean none = tiles.offsets[i] == tiles.offsets[i + 1];
            long row = HeadFold.VECTOR * (i - start);
            for (long h = 0; h < quarter; h += 4) {
                long stat = stats + 4 * quarter * i + h;
                float log = Lanes.number((totals + row + h) & Lanes.ADDRESS);
                float shift = none ? 0 : Lanes.number((largest + row + h) & Lanes.ADDRESS) + log;
                Lanes.put(shift, stat & Lanes.ADDRESS);
                if (above == null) continue;
                float sum = Lanes.number((positiveTotals + row + h) & Lanes.ADDRESS);
                Lanes.put(sum, (stat + 3 * quarter) & Lanes.ADDRESS);
            }
        }
    }
}
