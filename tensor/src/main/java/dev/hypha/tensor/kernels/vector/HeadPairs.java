package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// One number per head from two rows: their dot product, or a . leaky(own + other). Heads of four or eight columns are
/// added up within the lanes, four vectors at a time; others one by one.
final class HeadPairs {
    private static final long BYTES = 4L * Lanes.COUNT;
    /// Vectors that are added up together.
    private static final int QUAD = 4;

    private final int heads;
    private final int perHead;
    private final int cols;
    private final boolean narrow;
    private final VectorMask<Float> tail;
    private final VectorShuffle<Float> half;
    private final VectorShuffle<Float> quarter;
    private final VectorShuffle<Float> next;
    private final VectorMask<Float> upperHalf;
    private final VectorMask<Float> upperQuarter;
    private final VectorShuffle<Float> inOrder;

    HeadPairs(int heads, int cols) {
        this.heads = heads;
        this.cols = cols;
        this.perHead = cols / heads;
        this.tail = Lanes.SPECIES.indexInRange(0, perHead % Lanes.COUNT);
        this.narrow = (perHead == 4 || perHead == 8) && perHead < Lanes.COUNT && cols % (QUAD * Lanes.COUNT) == 0;
        this.half = within(perHead / 2);
        this.quarter = within(perHead / 4);
        this.next = within(1);
        this.upperHalf = upper(perHead / 2);
        this.upperQuarter = upper(perHead / 4);
        this.inOrder = VectorShuffle.fromOp(Lanes.SPECIES, this::lane);
    }

    /// The lane whose place in the head differs by one bit.
    private VectorShuffle<Float> within(int bit) {
        return VectorShuffle.fromOp(Lanes.SPECIES, lane -> narrow ? lane ^ bit : lane);
    }

    /// Lanes whose place in their head has this bit set.
    private static VectorMask<Float> upper(int bit) {
        boolean[] set = new boolean[Lanes.COUNT];
        for (int l = 0; l < Lanes.COUNT; l++) set[l] = (l & bit) != 0;
        return VectorMask.fromArray(Lanes.SPECIES, set, 0);
    }

    /// Where the sum of a head lies after four vectors were folded into one: the half of the head's lanes tells the
    /// first two vectors from each other and the last two, the quarter these from those.
    private int lane(int head) {
        if (!narrow) return head;
        int perVector = Lanes.COUNT / perHead;
        int vector = head / perVector % QUAD;
        int lane = head % perVector * perHead + (vector & 1) * (perHead / 2) + (vector >> 1) * (perHead / 4);
        return lane % Lanes.COUNT;
    }

    /// The dot products of a row with the rows of some entries.
    ///
    /// @param own address of the row
    /// @param others address of the first row that entries refer to, with its step in bytes
    /// @param out address of the number for entry `from` and the first head; a vector per entry
    void dots(long own, long others, long step, int[] indices, int from, int to, float scale, long out) {
        if (narrow) {
            for (int v = 0; v < cols; v += QUAD * Lanes.COUNT) {
                narrowDots(own + 4L * v, others + 4L * v, step, indices, from, to, scale, place(out, v));
            }
            return;
        }
        VectorMask<Float> rest = tail;
        for (int e = from; e < to; e++) {
            long other = others + indices[e] * step;
            for (int h = 0; h < heads; h++) {
                long column = 4L * h * perHead;
                float dot = EntryDots.dot(own + column, other + column, perHead, rest);
                Lanes.put(scale * dot, (out + 4L * ((long) (e - from) * Lanes.COUNT + h)) & Lanes.ADDRESS);
            }
        }
    }

    private long place(long out, int column) {
        return out + 4L * (column / perHead);
    }

    private void narrowDots(long own, long others, long step, int[] indices, int from, int to, float scale, long out) {
        VectorShuffle<Float> byHalf = half;
        VectorShuffle<Float> byQuarter = quarter;
        VectorShuffle<Float> byOne = next;
        VectorMask<Float> halves = upperHalf;
        VectorMask<Float> quarters = upperQuarter;
        VectorShuffle<Float> order = inOrder;
        boolean three = perHead > 4;
        long a = own & Lanes.ADDRESS;
        FloatVector a0 = Lanes.at(a).mul(scale);
        FloatVector a1 = Lanes.at(a + BYTES).mul(scale);
        FloatVector a2 = Lanes.at(a + 2 * BYTES).mul(scale);
        FloatVector a3 = Lanes.at(a + 3 * BYTES).mul(scale);
        for (int e = from; e < to; e++) {
            long b = (others + indices[e] * step) & Lanes.ADDRESS;
            FloatVector p0 = a0.mul(Lanes.at(b));
            FloatVector p1 = a1.mul(Lanes.at(b + BYTES));
            FloatVector p2 = a2.mul(Lanes.at(b + 2 * BYTES));
            FloatVector p3 = a3.mul(Lanes.at(b + 3 * BYTES));
            FloatVector p01 = p0.add(p0.rearrange(byHalf)).blend(p1.add(p1.rearrange(byHalf)), halves);
            FloatVector p23 = p2.add(p2.rearrange(byHalf)).blend(p3.add(p3.rearrange(byHalf)), halves);
            FloatVector p = p01.add(p01.rearrange(byQuarter)).blend(p23.add(p23.rearrange(byQuarter)), quarters);
            if (three) p = p.add(p.rearrange(byOne));
            Lanes.put(p.rearrange(order), (out + 4L * (e - from) * Lanes.COUNT) & Lanes.ADDRESS);
        }
    }

    /// a . leaky(own + other), head by head.
    ///
    /// @param vector address of a
    void leaky(long vector, float slope, long own, long others, long step, int[] indices, int from, int to, long out) {
        if (narrow) {
            for (int v = 0; v < cols; v += QUAD * Lanes.COUNT) {
                long c = 4L * v;
                narrowLeaky(vector + c, slope, own + c, others + c, step, indices, from, to, place(out, v));
            }
            return;
        }
        VectorMask<Float> rest = tail;
        for (int e = from; e < to; e++) {
            long other = others + indices[e] * step;
            for (int h = 0; h < heads; h++) {
                float score = leakyDot(vector, slope, own, other, 4L * h * perHead, rest);
                Lanes.put(score, (out + 4L * ((long) (e - from) * Lanes.COUNT + h)) & Lanes.ADDRESS);
            }
        }
    }

    private void narrowLeaky(
            long vector, float slope, long own, long others, long step, int[] indices, int from, int to, long out) {
        VectorShuffle<Float> byHalf = half;
        VectorShuffle<Float> byQuarter = quarter;
        VectorShuffle<Float> byOne = next;
        VectorMask<Float> halves = upperHalf;
        VectorMask<Float> quarters = upperQuarter;
        VectorShuffle<Float> order = inOrder;
        boolean three = perHead > 4;
        long a = own & Lanes.ADDRESS;
        long w = vector & Lanes.ADDRESS;
        FloatVector a0 = Lanes.at(a);
        FloatVector a1 = Lanes.at(a + BYTES);
        FloatVector a2 = Lanes.at(a + 2 * BYTES);
        FloatVector a3 = Lanes.at(a + 3 * BYTES);
        for (int e = from; e < to; e++) {
            long b = (others + indices[e] * step) & Lanes.ADDRESS;
            FloatVector p0 = leaky(a0.add(Lanes.at(b)), slope).mul(Lanes.at(w));
            FloatVector p1 = leaky(a1.add(Lanes.at(b + BYTES)), slope).mul(Lanes.at(w + BYTES));
            FloatVector p2 = leaky(a2.add(Lanes.at(b + 2 * BYTES)), slope).mul(Lanes.at(w + 2 * BYTES));
            FloatVector p3 = leaky(a3.add(Lanes.at(b + 3 * BYTES)), slope).mul(Lanes.at(w + 3 * BYTES));
            FloatVector p01 = p0.add(p0.rearrange(byHalf)).blend(p1.add(p1.rearrange(byHalf)), halves);
            FloatVector p23 = p2.add(p2.rearrange(byHalf)).blend(p3.add(p3.rearrange(byHalf)), halves);
            FloatVector p = p01.add(p01.rearrange(byQuarter)).blend(p23.add(p23.rearrange(byQuarter)), quarters);
            if (three) p = p.add(p.rearrange(byOne));
            Lanes.put(p.rearrange(order), (out + 4L * (e - from) * Lanes.COUNT) & Lanes.ADDRESS);
        }
    }

    private float leakyDot(long vector, float slope, long own, long other, long column, VectorMask<Float> rest) {
        FloatVector sum = Lanes.zero();
        int body = perHead - perHead % Lanes.COUNT;
        for (int c = 0; c < body; c += Lanes.COUNT) {
            long p = column + 4L * c;
            FloatVector y = Lanes.at((own + p) & Lanes.ADDRESS).add(Lanes.at((other + p) & Lanes.ADDRESS));
            sum = Lanes.multiplyAdd(leaky(y, slope), Lanes.at((vector + p) & Lanes.ADDRESS), sum);
        }
        // Added even where it has no lanes: vectors that meet after a branch would become objects.
        long o = column + 4L * body;
        FloatVector x = Lanes.at((own + o) & Lanes.ADDRESS, rest).add(Lanes.at((other + o) & Lanes.ADDRESS, rest));
        sum = Lanes.multiplyAdd(leaky(x, slope), Lanes.at((vector + o) & Lanes.ADDRESS, rest), sum);
        return Lanes.fold(sum);
    }

    static FloatVector leaky(FloatVector x, float slope) {
        return x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0));
    }
}
