package dev.hypha.graph.importing;

import dev.hypha.graph.importing.Ids.Numbering;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.sorting.LongSpool;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.StoreWriter;
import java.io.IOException;

/// A column while rows are being read: its values, or the tokens of its words, in the order of the rows.
final class ColumnSpool implements AutoCloseable {
    private final String name;
    private final ColumnType type;
    private final LongSpool values;
    private final TextTokens words;
    private Numbering codes;

    ColumnSpool(String name, ColumnType type, Scratch scratch, int threads) {
        this.name = name;
        this.type = type;
        this.values = new LongSpool(scratch);
        this.words = type == ColumnType.TEXT ? new TextTokens(scratch, threads, true) : null;
    }

    String name() {
        return name;
    }

    ColumnType type() {
        return type;
    }

    /// What reads the column.
    Field field() {
        return words == null ? new ValueField(type) : words;
    }

    /// Adds what the field kept of a row.
    void add(long kept) {
        values.add(kept);
    }

    /// Begins the file that the values go to, and writes the words, if any.
    ValueWriter begin(StoreWriter writer, String file) throws IOException {
        if (words != null) {
            codes = words.finish(writer, file);
        }
        return new ValueWriter(type, writer.begin(file, type.kind()));
    }

    /// The value of a row as [ValueWriter] takes it; once the file has begun.
    ///
    /// @param row -1 for a missing value
    long value(long row) {
        long value = row < 0 ? ValueField.missing(type) : values.get(row);
        return codes == null || value == TextTokens.MISSING ? value : codes.number(value);
    }

    @Override
    public void close() {
        values.close();
        if (words != null) {
            words.close();
        }
        if (codes != null) {
            codes.close();
        }
    }
}
