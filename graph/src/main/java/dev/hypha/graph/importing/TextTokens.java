package dev.hypha.graph.importing;

import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Texts;
import dev.hypha.graph.sorting.LongSpool;
import dev.hypha.graph.sorting.RunSorter;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.sorting.Sorted;
import dev.hypha.graph.store.StoreWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Texts that are ids or the words of a column. A text's token is the number of its first appearance; when
/// memory is short, those met so far are sorted and put on disk, and a text that comes again later has one
/// more token.
final class TextTokens implements Ids {
    /// The token of a missing text.
    static final long MISSING = -1;

    private final Scratch scratch;
    private final int threads;
    private final boolean emptyIsMissing;
    private final TextSet set;
    private final TextRuns runs;
    /// Tokens of texts that are on disk.
    private long spilled;

    /// @param emptyIsMissing true where an empty field is a missing value, false where it is wrong
    TextTokens(Scratch scratch, int threads, boolean emptyIsMissing) {
        this.scratch = scratch;
        this.threads = threads;
        this.emptyIsMissing = emptyIsMissing;
        this.set = new TextSet(scratch);
        this.runs = new TextRuns(scratch);
    }

    @Override
    public long look(byte[] bytes, int from, int to) throws BadValue {
        if (from == to && !emptyIsMissing) {
            throw new BadValue("an id is empty");
        }
        Texts.requireText(bytes, from, to);
        return 0;
    }

    @Override
    public long keep(long looked, byte[] bytes, int from, int to) {
        if (from == to) {
            return MISSING;
        }
        int number = set.add(bytes, from, to);
        if (number < 0) {
            spill();
            number = set.add(bytes, from, to);
        }
        return spilled + number;
    }

    private void spill() {
        try {
            runs.add(set, spilled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spilled += set.count();
        set.clear();
    }

    @Override
    public Numbering finish(StoreWriter writer, String file) throws IOException {
        try (TextFiles files = new TextFiles(writer, file)) {
            return runs.isEmpty() && scratch.take(numberBytes()) ? inMemory(files) : onDisk(files);
        } finally {
            set.close();
        }
    }

    private long numberBytes() {
        return (long) set.count() * Integer.BYTES;
    }

    private Numbering inMemory(TextFiles files) throws IOException {
        int[] order = set.sorted();
        int[] numbers = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            files.add(set.bytes(), set.begin(order[i]), set.end(order[i]));
            numbers[order[i]] = i;
        }
        files.end();
        return new Found(order.length, null, numbers, scratch);
    }

    private Numbering onDisk(TextFiles files) throws IOException {
        spill();
        LongSpool numbers = new LongSpool(scratch);
        try (RunSorter byToken = new RunSorter(scratch, threads, true)) {
            byte[][] last = {null};
            runs.merge((text, token) -> {
                if (last[0] == null || !Arrays.equals(last[0], text)) {
                    files.add(text, 0, text.length);
                    last[0] = text;
                }
                byToken.add(token, files.count() - 1L);
            });
            files.end();
            Sorted sorted = byToken.finish();
            long[] tokens = new long[1 << 10];
            long[] values = new long[tokens.length];
            for (int count = sorted.next(tokens, values); count > 0; count = sorted.next(tokens, values)) {
                for (int i = 0; i < count; i++) {
                    numbers.add(values[i]);
                }
            }
        }
        return new Found(files.count(), numbers, null, scratch);
    }

    @Override
    public void close() {
        set.close();
        try {
            runs.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param spool numbers by token, or null
    /// @param array the same where they fit, or null
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Found(int count, LongSpool spool, int[] array, Scratch scratch) implements Numbering {
        @Override
        public int number(long token) {
            return array == null ? (int) spool.get(token) : array[(int) token];
        }

        @Override
        public void close() {
            if (spool == null) {
                scratch.give((long) count * Integer.BYTES);
            } else {
                spool.close();
            }
        }
    }
}
