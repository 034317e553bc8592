package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Dropout;
import jdk.incubator.vector.VectorMask;

/// The scores of the entries of a tile of rows, in scratch space: a whole vector per entry, so that what
/// was just stored is loaded again by the same width. Both forms treat target and source alike, so that one
/// class serves walks over targets and, on the transposed pattern, over sources: a walk's rows are `own`,
/// what its entries refer to is `other`.
final class AttentionScores {
    /// Bytes of the numbers of an entry.
    static final long ENTRY = 4L * Lanes.COUNT;

    private static final int TILE_ENTRIES = 512;

    final Attention attention;
    final int[] offsets;
    final int[] indices;
    final int heads;
    final int cols;
    final long own;
    final long other;
    final long step;
    private final int[] entries;
    private final HeadPairs pairs;
    private final long vector;

    /// @param own left in a walk over targets, right in one over sources
    AttentionScores(Attention.Operands in, Matrix own, Matrix other) {
        this.attention = in.attention();
        this.heads = attention.heads();
        this.offsets = in.pattern().offsets();
        this.indices = in.pattern().indices();
        this.entries = in.pattern().entries();
        this.cols = own.cols();
        this.pairs = new HeadPairs(heads, cols, Lanes.COUNT);
        this.vector = in.vector() == null ? 0 : Lanes.address(in.vector());
        this.own = Lanes.address(own);
        this.other = Lanes.address(other);
        this.step = 4L * cols;
    }

    /// Rows up to some number of entries, at least one.
    int tileEnd(int start, int to) {
        int end = start + 1;
        int most = Math.min(to, start + TILE_ENTRIES);
        while (end < most && offsets[end + 1] - offsets[start] <= TILE_ENTRIES) end++;
        return end;
    }

    /// Lanes that are heads.
    VectorMask<Float> present() {
        return Lanes.SPECIES.indexInRange(0, heads);
    }

    /// Writes the scores of the entries of rows `start` to `end`.
    ///
    /// @param out address of the numbers of the tile's first entry
    void write(int start, int end, long out) {
        float parameter = attention.parameter();
        if (attention.form() == Attention.Form.DOT) {
            pairs.dots(own, other, offsets, indices, start, end, parameter, out);
        } else {
            pairs.leaky(vector, parameter, own, other, offsets, indices, start, end, out);
        }
    }

    /// Multiplies the numbers of the entries `from` to `to` by what attention dropout makes of their weights.
    void drop(int from, int to, long at) {
        Dropout drop = new Dropout(attention.dropout(), attention.key());
        for (int e = from; e < to; e++) {
            int position = (entries == null ? e : entries[e]) * heads;
            for (int h = 0; h < heads; h++) {
                long o = (at + ENTRY * (e - from) + 4L * h) & Lanes.ADDRESS;
                Lanes.put(Lanes.number(o) * drop.factor(position + h), o);
            }
        }
    }
}
