package dev.hypha.graph.importing;

import dev.hypha.graph.sorting.Scratch;
import java.util.Arrays;

/// Distinct texts, numbered in the order of adding, while there is memory: a hash table over one array of
/// bytes.
final class TextSet implements AutoCloseable {
    private static final int FIRST_SLOTS = 1 << 10;
    private static final int FIRST_BYTES = 1 << 14;
    private static final int MOST_SLOTS = 1 << 29;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    /// A slot, half an end, and half a place in the sorted order.
    private static final long SLOT_BYTES = 8;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Scratch scratch;
    private byte[] bytes = new byte[FIRST_BYTES];
    /// Where each text ends; it begins where the one before it ends.
    private int[] ends = new int[FIRST_SLOTS / 2];
    /// A text's number and one more, or 0.
    private int[] slots = new int[FIRST_SLOTS];
    private int count;
    private long taken;

    TextSet(Scratch scratch) {
        this.scratch = scratch;
    }

    int count() {
        return count;
    }

    int begin(int text) {
        return text == 0 ? 0 : ends[text - 1];
    }

    int end(int text) {
        return ends[text];
    }

    /// All texts, one after the other.
    byte[] bytes() {
        return bytes;
    }

    /// @return the text's number, or -1 if it is new and there is no room; an empty set has room for any text
    int add(byte[] from, int begin, int end) {
        int slot = slot(from, begin, end);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (2 * (count + 1) > slots.length || (long) used() + (end - begin) > bytes.length) {
            if (!makeRoom(end - begin)) {
                return -1;
            }
            slot = slot(from, begin, end);
        }
        int start = used();
        System.arraycopy(from, begin, bytes, start, end - begin);
        ends[count] = start + (end - begin);
        slots[slot] = ++count;
        return count - 1;
    }

    /// Forgets all texts, keeps the memory.
    void clear() {
        Arrays.fill(slots, 0);
        count = 0;
    }

    /// The numbers of the texts in the order of the texts as unsigned bytes.
    int[] sorted() {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        new TextSort(this).sort(order);
        return order;
    }

    /// Forgets all texts and gives the memory back; nothing may be added afterwards.
    @Override
    public void close() {
        scratch.give(taken);
        taken = 0;
        count = 0;
        slots = new int[0];
        ends = new int[0];
        bytes = new byte[0];
    }

    private int used() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /// The slot that holds a text, or the empty one where it belongs.
    private int slot(byte[] from, int begin, int end) {
        int at =
                (int) ((hash(from, begin, end) * GOLDEN) >>> (Long.SIZE - Integer.numberOfTrailingZeros(slots.length)));
        while (slots[at] > 0 && !equal(slots[at] - 1, from, begin, end)) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    private boolean equal(int text, byte[] from, int begin, int end) {
        return Arrays.equals(bytes, begin(text), ends[text], from, begin, end);
    }

    private static long hash(byte[] from, int begin, int end) {
        long hash = (long) end - begin;
        for (int i = begin; i < end; i++) {
            hash = (hash ^ from[i]) * 0x100000001B3L;
        }
        return hash ^ (hash >>> 32);
    }

    private boolean makeRoom(int length) {
        boolean enough = true;
        if (2 * (count + 1) > slots.length) {
            enough = slots.length < MOST_SLOTS && take(SLOT_BYTES * slots.length);
            if (enough) {
                ends = Arrays.copyOf(ends, slots.length);
                rehash();
            }
        }
        long wanted = (long) used() + length;
        if (enough && wanted > bytes.length) {
            long larger = Math.min(MOST_BYTES, Math.max(wanted, 2L * bytes.length));
            enough = wanted <= MOST_BYTES && (take(larger - bytes.length) || count == 0);
            if (enough) {
                bytes = Arrays.copyOf(bytes, (int) larger);
            }
        }
        return enough;
    }

    /// A quarter of the memory is left to what comes next.
    private boolean take(long more) {
        boolean got = 4 * more <= scratch.free() && scratch.take(more);
        taken += got ? more : 0;
        return got;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int text = 0; text < count; text++) {
            slots[slot(bytes, begin(text), ends[text])] = text + 1;
        }
    }
}
