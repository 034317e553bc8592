package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// One number per head from two rows: their dot product, or a . leaky(own + other). Heads of four or eight
/// columns are added up within the lanes, four vectors at a time; others one by one.
final class HeadPairs {
    private static final long BYTES = 4L * Lanes.COUNT;
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(64, Lanes.SPECIES.vectorBitSize() / 2)));
    /// Vectors that are added up together.
    private static final int QUAD = 4;

    private final int heads;
    private final int perHead;
    private final int cols;
    private final int stride;
    private final boolean narrow;
    private final boolean halfStores;
    private final VectorMask<Float> tail;
    private final VectorShuffle<Float> half;
    private final VectorShuffle<Float> quarter;
    private final VectorShuffle<Float> next;
    private final VectorMask<Float> upperHalf;
    private final VectorMask<Float> upperQuarter;
    private final VectorShuffle<Float> inOrder;

    /// @param stride numbers from one entry's results to the next one's, at least as many as heads
    HeadPairs(int heads, int cols, int stride) {
        this.heads = heads;
        this.stride = stride;
        this.cols = cols;
        this.perHead = cols / heads;
        this.tail = Lanes.SPECIES.indexInRange(0, perHead % Lanes.COUNT);
        this.narrow = (perHead == 4 || perHead == 8) && perHead < Lanes.COUNT && cols % (QUAD * Lanes.COUNT) == 0;
        this.half = within(perHead / 2);
        this.quarter = within(perHead / 4);
        this.next = within(1);
        this.upperHalf = upper(perHead / 2);
        this.upperQuarter = upper(perHead / 4);
        this.halfStores = narrow && QUAD * Lanes.COUNT / perHead < Lanes.COUNT;
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

    /// Where the sum of a head lies after four vectors were folded into one: the half of the head's lanes
    /// tells the first two vectors from each other and the last two, the quarter these from those.
    private int lane(int head) {
        if (!narrow) return head;
        int perVector = Lanes.COUNT / perHead;
        int vector = head / perVector % QUAD;
        int lane = head % perVector * perHead + (vector & 1) * (perHead / 2) + (vector >> 1) * (perHead / 4);
        return lane % Lanes.COUNT;
    }

    /// The dot products of the rows of a tile with the rows of their entries.
    ///
    /// @param own address of what would be row 0
    /// @param others address of the first row that entries refer to
    /// @param offsets null where each row has one entry, which refers to the row of the same number
    /// @param indices null in the same case
    /// @param out address of the number for the tile's first entry and the first head
    void dots(long own, long others, int[] offsets, int[] indices, int start, int end, float scale, long out) {
        if (!narrow) {
            wideDots(own, others, offsets, indices, start, end, scale, out);
            return;
        }
        for (int v = 0; v < cols; v += QUAD * Lanes.COUNT) {
            narrowDots(own + 4L * v, others + 4L * v, offsets, indices, start, end, scale, place(out, v));
        }
    }

    private long place(long out, int column) {
        return out + 4L * (column / perHead);
    }

    /// Products are added up lane by lane first, and the lanes in a loop of their own: an addition that
    /// waits for the one before it then has many others beside it.
    private void wideDots(
            long own, long others, int[] offsets, int[] indices, int start, int end, float scale, long out) {
        int entries = offsets == null ? end - start : offsets[end] - offsets[start];
        long sums = Scratch.rows().address((long) entries * heads * Lanes.COUNT);
        for (int h = 0; h < heads; h++) {
            long at = 4L * h * perHead;
            laneSums(own + at, others + at, offsets, indices, start, end, sums + h * BYTES);
        }
        foldLanes(sums, entries, scale, out);
    }

    private void laneSums(long own, long others, int[] offsets, int[] indices, int start, int end, long out) {
        if (perHead < Lanes.COUNT) {
            fewLanes(own, others, offsets, indices, start, end, out);
            return;
        }
        int entries = offsets == null ? end - start : offsets[end] - offsets[start];
        for (int e = 0; e < entries; e++) Lanes.put(Lanes.zero(), (out + (long) e * heads * BYTES) & Lanes.ADDRESS);
        for (int c = 0; c < perHead; c += QUAD * Lanes.COUNT) {
            fourVectors(own, others, offsets, indices, start, end, c, out);
        }
    }

    private void fewLanes(long own, long others, int[] offsets, int[] indices, int start, int end, long out) {
        VectorMask<Float> present = tail;
        long step = 4L * cols;
        long o = out;
        for (int r = start; r < end; r++) {
            FloatVector a = Lanes.at((own + r * step) & Lanes.ADDRESS, present);
            int to = offsets == null ? r + 1 : offsets[r + 1];
            for (int e = offsets == null ? r : offsets[r]; e < to; e++) {
                long b = others + (indices == null ? e : indices[e]) * step;
                Lanes.put(a.mul(Lanes.at(b & Lanes.ADDRESS, present)), o & Lanes.ADDRESS);
                o += heads * BYTES;
            }
        }
    }

    /// Adds the products of up to four vectors of columns from `first` on. The last vectors of a head end
    /// where it ends; of what they have in common with those before them, the own row's numbers are taken
    /// as 0.
    private void fourVectors(
            long own, long others, int[] offsets, int[] indices, int start, int end, int first, long out) {
        long c0 = 4L * column(first, 0);
        long c1 = 4L * column(first, 1);
        long c2 = 4L * column(first, 2);
        long c3 = 4L * column(first, 3);
        VectorMask<Float> f0 = fresh(first, 0);
        VectorMask<Float> f1 = fresh(first, 1);
        VectorMask<Float> f2 = fresh(first, 2);
        VectorMask<Float> f3 = fresh(first, 3);
        long step = 4L * cols;
        long bytes = heads * BYTES;
        long o = out;
        for (int r = start; r < end; r++) {
            long a = own + r * step;
            FloatVector a0 = Lanes.zero().blend(Lanes.at((a + c0) & Lanes.ADDRESS), f0);
            FloatVector a1 = Lanes.zero().blend(Lanes.at((a + c1) & Lanes.ADDRESS), f1);
            FloatVector a2 = Lanes.zero().blend(Lanes.at((a + c2) & Lanes.ADDRESS), f2);
            FloatVector a3 = Lanes.zero().blend(Lanes.at((a + c3) & Lanes.ADDRESS), f3);
            int to = offsets == null ? r + 1 : offsets[r + 1];
            for (int e = offsets == null ? r : offsets[r]; e < to; e++) {
                long b = others + (indices == null ? e : indices[e]) * step;
                FloatVector sum =
                        Lanes.multiplyAdd(a0, Lanes.at((b + c0) & Lanes.ADDRESS), Lanes.at(o & Lanes.ADDRESS));
                sum = Lanes.multiplyAdd(a1, Lanes.at((b + c1) & Lanes.ADDRESS), sum);
                sum = Lanes.multiplyAdd(a2, Lanes.at((b + c2) & Lanes.ADDRESS), sum);
                Lanes.put(Lanes.multiplyAdd(a3, Lanes.at((b + c3) & Lanes.ADDRESS), sum), o & Lanes.ADDRESS);
                o += bytes;
            }
        }
    }

    private int column(int first, int vector) {
        return Math.min(first + vector * Lanes.COUNT, perHead - Lanes.COUNT);
    }

    /// Lanes of a vector of columns that no vector before it has.
    private VectorMask<Float> fresh(int first, int vector) {
        int common = Math.min(Lanes.COUNT, first + vector * Lanes.COUNT - column(first, vector));
        return Lanes.SPECIES.indexInRange(0, common).not();
    }

    private void foldLanes(long sums, int entries, float scale, long out) {
        long p = sums;
        for (int e = 0; e < entries; e++) {
            for (int h = 0; h < heads; h++) {
                float dot = Lanes.fold(Lanes.at(p & Lanes.ADDRESS));
                Lanes.put(scale * dot, (out + 4L * ((long) e * stride + h)) & Lanes.ADDRESS);
                p += BYTES;
            }
        }
    }

    private void narrowDots(
            long own, long others, int[] offsets, int[] indices, int start, int end, float scale, long out) {
        VectorShuffle<Float> byHalf = half;
        VectorShuffle<Float> byQuarter = quarter;
        VectorShuffle<Float> byOne = next;
        VectorMask<Float> halves = upperHalf;
        VectorMask<Float> quarters = upperQuarter;
        VectorShuffle<Float> order = inOrder;
        boolean three = perHead > 4;
        boolean half = halfStores;
        long step = 4L * cols;
        long bytes = 4L * stride;
        long o = out;
        for (int r = start; r < end; r++) {
            long a = (own + r * step) & Lanes.ADDRESS;
            FloatVector a0 = Lanes.at(a).mul(scale);
            FloatVector a1 = Lanes.at(a + BYTES).mul(scale);
            FloatVector a2 = Lanes.at(a + 2 * BYTES).mul(scale);
            FloatVector a3 = Lanes.at(a + 3 * BYTES).mul(scale);
            int to = offsets == null ? r + 1 : offsets[r + 1];
            for (int e = offsets == null ? r : offsets[r]; e < to; e++) {
                long b = (others + (indices == null ? e : indices[e]) * step) & Lanes.ADDRESS;
                FloatVector p0 = a0.mul(Lanes.at(b));
                FloatVector p1 = a1.mul(Lanes.at(b + BYTES));
                FloatVector p2 = a2.mul(Lanes.at(b + 2 * BYTES));
                FloatVector p3 = a3.mul(Lanes.at(b + 3 * BYTES));
                FloatVector p01 = p0.add(p0.rearrange(byHalf)).blend(p1.add(p1.rearrange(byHalf)), halves);
                FloatVector p23 = p2.add(p2.rearrange(byHalf)).blend(p3.add(p3.rearrange(byHalf)), halves);
                FloatVector p = p01.add(p01.rearrange(byQuarter)).blend(p23.add(p23.rearrange(byQuarter)), quarters);
                if (three) p = p.add(p.rearrange(byOne));
                FloatVector found = p.rearrange(order);
                if (half) Lanes.put((FloatVector) found.reinterpretShape(HALF, 0), o & Lanes.ADDRESS);
                else Lanes.put(found, o & Lanes.ADDRESS);
                o += bytes;
            }
        }
    }

    /// a . leaky(own + other), head by head, for the entries of a tile; see [#dots].
    ///
    /// @param vector address of a
    void leaky(
            long vector,
            float slope,
            long own,
            long others,
            int[] offsets,
            int[] indices,
            int start,
            int end,
            long out) {
        if (!narrow) {
            wideLeaky(vector, slope, own, others, offsets, indices, start, end, out);
            return;
        }
        for (int v = 0; v < cols; v += QUAD * Lanes.COUNT) {
            long c = 4L * v;
            narrowLeaky(vector + c, slope, own + c, others + c, offsets, indices, start, end, place(out, v));
        }
    }

    private void wideLeaky(
            long vector,
            float slope,
            long own,
            long others,
            int[] offsets,
            int[] indices,
            int start,
            int end,
            long out) {
        VectorMask<Float> rest = tail;
        long step = 4L * cols;
        long o = out;
        for (int r = start; r < end; r++) {
            for (int e = offsets[r]; e < offsets[r + 1]; e++) {
                for (int h = 0; h < heads; h++) {
                    long at = 4L * h * perHead;
                    float score = leakyDot(vector, slope, own + r * step, others + indices[e] * step, at, rest);
                    Lanes.put(score, (o + 4L * h) & Lanes.ADDRESS);
                }
                o += 4L * stride;
            }
        }
    }

    /// Four vectors of products for each entry first, and their sums in a loop of its own: together they
    /// are more than the compiler optimises.
    private void narrowLeaky(
            long vector,
            float slope,
            long own,
            long others,
            int[] offsets,
            int[] indices,
            int start,
            int end,
            long out) {
        int entries = offsets[end] - offsets[start];
        long products = Scratch.rows().address((long) entries * QUAD * Lanes.COUNT);
        leakyProducts(vector & Lanes.ADDRESS, slope, own, others, offsets, indices, start, end, products);
        foldQuads(products, entries, out);
    }

    private void leakyProducts(
            long w, float slope, long own, long others, int[] offsets, int[] indices, int start, int end, long out) {
        long step = 4L * cols;
        long o = out;
        for (int r = start; r < end; r++) {
            long a = (own + r * step) & Lanes.ADDRESS;
            FloatVector a0 = Lanes.at(a);
            FloatVector a1 = Lanes.at(a + BYTES);
            FloatVector a2 = Lanes.at(a + 2 * BYTES);
            FloatVector a3 = Lanes.at(a + 3 * BYTES);
            for (int e = offsets[r]; e < offsets[r + 1]; e++) {
                long b = (others + indices[e] * step) & Lanes.ADDRESS;
                long q = o & Lanes.ADDRESS;
                Lanes.put(leaky(a0.add(Lanes.at(b)), slope).mul(Lanes.at(w)), q);
                Lanes.put(leaky(a1.add(Lanes.at(b + BYTES)), slope).mul(Lanes.at(w + BYTES)), q + BYTES);
                Lanes.put(leaky(a2.add(Lanes.at(b + 2 * BYTES)), slope).mul(Lanes.at(w + 2 * BYTES)), q + 2 * BYTES);
                Lanes.put(leaky(a3.add(Lanes.at(b + 3 * BYTES)), slope).mul(Lanes.at(w + 3 * BYTES)), q + 3 * BYTES);
                o += QUAD * BYTES;
            }
        }
    }

    private void foldQuads(long products, int entries, long out) {
        VectorShuffle<Float> byHalf = half;
        VectorShuffle<Float> byQuarter = quarter;
        VectorShuffle<Float> byOne = next;
        VectorMask<Float> halves = upperHalf;
        VectorMask<Float> quarters = upperQuarter;
        VectorShuffle<Float> order = inOrder;
        boolean three = perHead > 4;
        boolean half = halfStores;
        for (int e = 0; e < entries; e++) {
            long q = (products + (long) e * QUAD * BYTES) & Lanes.ADDRESS;
            FloatVector p0 = Lanes.at(q);
            FloatVector p1 = Lanes.at(q + BYTES);
            FloatVector p2 = Lanes.at(q + 2 * BYTES);
            FloatVector p3 = Lanes.at(q + 3 * BYTES);
            FloatVector p01 = p0.add(p0.rearrange(byHalf)).blend(p1.add(p1.rearrange(byHalf)), halves);
            FloatVector p23 = p2.add(p2.rearrange(byHalf)).blend(p3.add(p3.rearrange(byHalf)), halves);
            FloatVector p = p01.add(p01.rearrange(byQuarter)).blend(p23.add(p23.rearrange(byQuarter)), quarters);
            if (three) p = p.add(p.rearrange(byOne));
            FloatVector found = p.rearrange(order);
            long o = (out + 4L * e * stride) & Lanes.ADDRESS;
            if (half) Lanes.put((FloatVector) found.reinterpretShape(HALF, 0), o);
            else Lanes.put(found, o);
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
