package dev.hypha.graph.importing;

import dev.hypha.graph.sorting.Scratch;

/// A set of small integers from 0 on as a bitmap in pages, and then the number of each in their order: how many
/// are below.
///
/// Jacobson, "Space-efficient static trees and graphs", FOCS 1989: a count per word and the ones within the
/// word.
final class IdBitmap implements AutoCloseable {
    /// Ids below this may be bits: 32 MiB, and half as much again for the counts.
    private static final long MOST = 1L << 28;

    private static final int PAGE_BITS = 16;
    private static final int WORDS = 1 << (PAGE_BITS - 6);
    /// Of what is free, for all bitmaps of an import.
    private static final int SHARE = 16;

    private final Scratch scratch;
    private final long limit;
    private final long taken;
    private final long[][] pages;
    private int[][] below;

    IdBitmap(Scratch scratch) {
        this.scratch = scratch;
        // A bit for the id and half a bit for the counts.
        long fits = Math.min(MOST, scratch.free() / SHARE * Byte.SIZE * 2 / 3);
        this.limit = fits < 1L << PAGE_BITS ? 0 : Long.highestOneBit(fits);
        this.taken = limit / Byte.SIZE * 3 / 2;
        scratch.take(taken);
        this.pages = new long[(int) (limit >>> PAGE_BITS)][];
    }

    /// True for ids that would be held here.
    boolean holds(long id) {
        return id >= 0 && id < limit;
    }

    /// @return false for an id that cannot be held here
    boolean add(long id) {
        if (!holds(id)) {
            return false;
        }
        int page = (int) (id >>> PAGE_BITS);
        if (pages[page] == null) {
            pages[page] = new long[WORDS];
        }
        pages[page][(int) (id >>> 6) & (WORDS - 1)] |= 1L << id;
        return true;
    }

    /// Numbers all ids, going on from those written before, and writes them.
    void number(RisingIds rising) {
        below = new int[pages.length][];
        for (int page = 0; page < pages.length; page++) {
            if (pages[page] != null) {
                below[page] = new int[WORDS];
                numberPage(page, rising);
            }
        }
    }

    private void numberPage(int page, RisingIds rising) {
        for (int word = 0; word < WORDS; word++) {
            below[page][word] = rising.count();
            for (long bits = pages[page][word]; bits != 0; bits &= bits - 1) {
                rising.add(((long) page << PAGE_BITS) + word * 64L + Long.numberOfTrailingZeros(bits));
            }
        }
    }

    /// The number of an id that was added.
    int number(long id) {
        int page = (int) (id >>> PAGE_BITS);
        int word = (int) (id >>> 6) & (WORDS - 1);
        return below[page][word] + Long.bitCount(pages[page][word] & ((1L << id) - 1));
    }

    @Override
    public void close() {
        scratch.give(taken);
    }
}
