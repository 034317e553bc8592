package dev.hypha.tensor.kernels.vector;

import java.util.Arrays;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// How the weights of an entry, one per head, are spread over the vectors of a block of columns.
///
/// @param weights address of what would be the weight of entry 0 for the block's first head
/// @param step bytes from one entry's weights to the next one's
/// @param present lanes of the vector of weights that are weights
/// @param lanes for each vector of the block, which weight each of its lanes takes
// An array as component: read by kernels and never compared.
@SuppressWarnings("ArrayRecordComponent")
record Heads(long weights, long step, VectorMask<Float> present, VectorShuffle<Float>[] lanes) {
    private static final int MOST_VECTORS = 8;

    /// Whether the heads of a block fit into a vector.
    static boolean fit(int firstColumn, int width, int perHead) {
        return (firstColumn + width - 1) / perHead - firstColumn / perHead < Lanes.COUNT;
    }

    /// @param address of what would be the first weight of entry 0
    /// @param stride weights from one entry to the next
    /// @param heads of the whole matrix
    /// @param perHead columns of a head
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Heads of(long address, int stride, int heads, int perHead, int firstColumn, int width) {
        int first = firstColumn / perHead;
        VectorShuffle<Float>[] lanes = new VectorShuffle[MOST_VECTORS];
        int vectors = Math.ceilDiv(width, Lanes.COUNT);
        int rounded = vectors == 1 ? 1 : (vectors + 1) / 2 * 2;
        for (int v = 0; v < rounded; v++) {
            int start = start(v, rounded, width);
            int[] from = new int[Lanes.COUNT];
            for (int l = 0; l < Lanes.COUNT; l++) {
                int column = Math.min(start + l, width - 1);
                from[l] = (firstColumn + column) / perHead - first;
            }
            lanes[v] = VectorShuffle.fromArray(Lanes.SPECIES, from, 0);
        }
        Arrays.fill(lanes, rounded, MOST_VECTORS, lanes[0]);
        VectorMask<Float> present = Lanes.SPECIES.indexInRange(0, Math.min(Lanes.COUNT, heads - first));
        return new Heads(address + 4L * first, 4L * stride, present, lanes);
    }

    /// The same for weights elsewhere.
    ///
    /// @param address of what would be the weight of entry 0 for the block's first head
    Heads at(long address) {
        return new Heads(address, step, present, lanes);
    }

    /// The column at which a vector of the block starts: the last two of four or more end where the block
    /// ends.
    private static int start(int v, int vectors, int width) {
        if (vectors > 2 && v == vectors - 2) return width - 2 * Lanes.COUNT;
        if (vectors > 1 && v == vectors - 1) return width - Lanes.COUNT;
        return v * Lanes.COUNT;
    }
}
