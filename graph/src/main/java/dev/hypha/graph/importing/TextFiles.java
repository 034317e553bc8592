package dev.hypha.graph.importing;

import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import java.io.IOException;

/// Writes distinct texts in order, with their index.
final class TextFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 10;

    private final StoreWriter writer;
    private final DataFileWriter index;
    private final DataFileWriter text;
    private final long[] begins = new long[BUFFER];
    private int used;
    private long bytes;
    private int count;

    /// @param of the file that the texts belong to
    TextFiles(StoreWriter writer, String of) throws IOException {
        this.writer = writer;
        this.index = writer.begin(FileNames.textIndex(of), Kind.TEXT_INDEX);
        this.text = writer.begin(FileNames.text(of), Kind.TEXT);
    }

    void add(byte[] from, int begin, int end) throws IOException {
        RisingIds.requireRoom(count);
        index();
        text.bytes(from, begin, end - begin);
        bytes += end - begin;
        count++;
    }

    int count() {
        return count;
    }

    /// Completes both files.
    void end() throws IOException {
        index();
        index.longs(begins, 0, used);
        writer.end(index);
        writer.end(text);
    }

    @Override
    public void close() throws IOException {
        index.close();
        text.close();
    }

    /// Notes where the next text begins.
    private void index() throws IOException {
        if (used == BUFFER) {
            index.longs(begins, 0, used);
            used = 0;
        }
        begins[used++] = bytes;
    }
}
