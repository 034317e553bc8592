package dev.hypha.graph.importing;

import dev.hypha.graph.InputException;
import dev.hypha.graph.store.v1.DataFileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Writes ids that come in rising order, each once.
final class RisingIds {
    private final DataFileWriter file;
    private final long[] buffer = new long[1 << 12];
    private int used;
    private long last;
    private int count;

    RisingIds(DataFileWriter file) {
        this.file = file;
    }

    void add(long id) {
        if (count > 0 && id == last) {
            return;
        }
        requireRoom(count);
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = id;
        last = id;
        count++;
    }

    /// How many ids were written, which is the number of the next one.
    int count() {
        return count;
    }

    void flush() {
        try {
            file.longs(buffer, 0, used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        used = 0;
    }

    /// @throws InputException where a node type can take no more
    static void requireRoom(long count) {
        if (count >= Integer.MAX_VALUE) {
            throw new InputException(
                    "too-many-nodes",
                    "there are more than " + Integer.MAX_VALUE + " nodes of one type",
                    Map.of(),
                    "Divide them among several types.");
        }
    }
}
