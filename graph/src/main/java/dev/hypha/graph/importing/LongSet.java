package dev.hypha.graph.importing;

import dev.hypha.graph.sorting.Scratch;
import java.util.function.LongConsumer;

/// A set of longs that grows while there is memory: open addressing with linear probing, at most half full.
final class LongSet implements AutoCloseable {
    private static final int FIRST = 1 << 10;
    private static final int LARGEST = 1 << 29;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Scratch scratch;
    private long[] slots = new long[FIRST];
    private int used;
    private boolean zero;
    private long taken;

    LongSet(Scratch scratch) {
        this.scratch = scratch;
    }

    /// @return false if it was full and is as it was
    boolean add(long value) {
        if (value == 0) {
            zero = true;
            return true;
        }
        if (2 * (used + 1) > slots.length && !grow() && 4L * (used + 1) > 3L * slots.length) {
            return contains(value);
        }
        insert(value);
        return true;
    }

    private boolean contains(long value) {
        int at = place(value);
        while (slots[at] != 0 && slots[at] != value) {
            at = (at + 1) & (slots.length - 1);
        }
        return slots[at] == value;
    }

    private void insert(long value) {
        int at = place(value);
        while (slots[at] != 0 && slots[at] != value) {
            at = (at + 1) & (slots.length - 1);
        }
        used += slots[at] == 0 ? 1 : 0;
        slots[at] = value;
    }

    /// Hands over all values, in no order, and is empty.
    void drain(LongConsumer to) {
        if (zero) {
            to.accept(0);
        }
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != 0) {
                to.accept(slots[i]);
                slots[i] = 0;
            }
        }
        zero = false;
        used = 0;
    }

    /// Gives the memory back; nothing may be added afterwards.
    @Override
    public void close() {
        scratch.give(taken);
        taken = 0;
        slots = new long[0];
    }

    private boolean grow() {
        long more = (long) slots.length * Long.BYTES;
        // While the old slots are copied, both are there; a quarter of the memory is left to what comes next.
        if (slots.length == LARGEST || 4 * more > scratch.free() || !scratch.take(more)) {
            return false;
        }
        taken += more;
        long[] old = slots;
        slots = new long[2 * old.length];
        used = 0;
        for (long value : old) {
            if (value != 0) {
                insert(value);
            }
        }
        return true;
    }

    private int place(long value) {
        return (int) ((value * GOLDEN) >>> (Long.SIZE - Integer.numberOfTrailingZeros(slots.length)));
    }
}
