package dev.hypha.graph.importing;

import dev.hypha.graph.sorting.Scratch;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Sorted runs of texts with their tokens, on disk, and their merge. A run is a file of records: length,
/// bytes, token.
final class TextRuns implements AutoCloseable {
    private static final int BUFFER = 1 << 13;

    private final Scratch scratch;
    private final List<FileChannel> runs = new ArrayList<>();

    TextRuns(Scratch scratch) {
        this.scratch = scratch;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// Writes a run.
    ///
    /// @param firstToken the token of the set's text number 0
    void add(TextSet texts, long firstToken) throws IOException {
        FileChannel file = scratch.file();
        runs.add(file);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
        for (int text : texts.sorted()) {
            int length = texts.end(text) - texts.begin(text);
            out.writeInt(length);
            out.write(texts.bytes(), texts.begin(text), length);
            out.writeLong(firstToken + text);
        }
        out.flush();
    }

    /// What receives texts in order; equal ones of several runs follow each other.
    @FunctionalInterface
    interface Texts {
        void text(byte[] bytes, long token) throws IOException;
    }

    /// Hands over the texts of all runs in order.
    void merge(Texts to) throws IOException {
        PriorityQueue<Cursor> queue =
                new PriorityQueue<>(Comparator.comparing((Cursor cursor) -> cursor.text, Arrays::compareUnsigned));
        for (FileChannel run : runs) {
            Cursor cursor = new Cursor(run);
            if (cursor.advance()) {
                queue.add(cursor);
            }
        }
        while (!queue.isEmpty()) {
            Cursor first = queue.poll();
            to.text(first.text, first.token);
            if (first.advance()) {
                queue.add(first);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel run : runs) {
            run.close();
        }
    }

    private static final class Cursor {
        private final DataInputStream in;
        private byte[] text;
        private long token;

        Cursor(FileChannel run) throws IOException {
            run.position(0);
            in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(run), BUFFER));
        }

        boolean advance() throws IOException {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException e) {
                return false;
            }
            text = in.readNBytes(length);
            token = in.readLong();
            return true;
        }
    }
}
