package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Dropout;

/// What both walks of GAT's attention share: tiles of some hundred entries, whose numbers lie in scratch
/// space that stays in the cache, each entry with room for a number of heads that is a power of two.
final class GatTiles {
    private static final int TILE_ENTRIES = 512;

    final int heads;
    final int room;
    final float slope;
    final int[] offsets;
    final int[] indices;
    final HeadGather gather;
    final HeadFold fold;
    private final int[] entries;
    private final Dropout dropout;

    GatTiles(Attention attention, Csr pattern) {
        this.heads = attention.heads();
        this.room = heads == 1 ? 1 : 2 * Integer.highestOneBit(heads - 1);
        this.slope = attention.parameter();
        this.offsets = pattern.offsets();
        this.indices = pattern.indices();
        this.entries = pattern.entries();
        this.gather = new HeadGather(heads, room, offsets, indices);
        this.fold = HeadFold.of(offsets, room);
        this.dropout = new Dropout(attention.dropout(), attention.key());
    }

    /// Rows up to some number of entries and rows, at least one.
    int end(int start, int to) {
        int end = start + 1;
        int most = Math.min(to, start + TILE_ENTRIES);
        while (end < most && offsets[end + 1] - offsets[start] <= TILE_ENTRIES) end++;
        return end;
    }

    /// Bytes of the numbers of a tile, whole vectors and two more: rows' last vectors reach beyond them.
    long bytes(int start, int end) {
        long vectors = ((long) (offsets[end] - offsets[start]) * room + Lanes.COUNT - 1) / Lanes.COUNT;
        return 4L * (vectors + 2) * Lanes.COUNT;
    }

    /// The address of what would be the numbers of entry 0.
    ///
    /// @param at address of those of the tile's first entry
    long entryZero(long at, int start) {
        return at - 4L * room * offsets[start];
    }

    void touch(long rows, long step, int start, int end, long sink) {
        Touch.rows(rows, step, indices, offsets[start], offsets[end], sink);
    }

    HeadWalk walk(Matrix values, Matrix out) {
        return new HeadWalk(offsets, indices, Lanes.address(values), Lanes.address(out), values.cols(), heads, room);
    }

    boolean drops() {
        return dropout.threshold() > 0;
    }

    /// Multiplies the numbers of entries by what attention dropout makes of their weights.
    void drop(int start, int end, long at) {
        int first = offsets[start];
        for (int e = first; e < offsets[end]; e++) {
            int position = (entries == null ? e : entries[e]) * heads;
            for (int h = 0; h < heads; h++) {
                long o = (at + 4L * ((long) (e - first) * room + h)) & Lanes.ADDRESS;
                Lanes.put(Lanes.number(o) * dropout.factor(position + h), o);
            }
        }
    }
}
