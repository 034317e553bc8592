package dev.hypha.graph.importing;

import dev.hypha.graph.reading.Field;
import dev.hypha.graph.sorting.LongSpool;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import java.io.IOException;

/// A column while rows are being read: its values in the order of the rows.
final class ColumnSpool implements AutoCloseable {
    private final String name;
    private final ColumnType type;
    private final LongSpool values;
    private final Field field;

    ColumnSpool(String name, ColumnType type, Scratch scratch, int threads) {
        this.name = name;
        this.type = type;
        this.values = new LongSpool(scratch);
        this.field = new ValueField(type);
    }

    String name() {
        return name;
    }

    ColumnType type() {
        return type;
    }

    Field field() {
        return field;
    }

    void add(long kept) {
        values.add(kept);
    }

    /// The value of a row, as [ValueWriter] takes it.
    ///
    /// @param row -1 for a missing value
    long value(long row) {
        return row < 0 ? ValueField.missing(type) : values.get(row);
    }

    /// Begins the file that the values go to.
    ValueWriter begin(StoreWriter writer, String file) throws IOException {
        DataFileWriter data = writer.begin(file, type.kind());
        return new ValueWriter(type, data);
    }

    @Override
    public void close() {
        values.close();
    }
}
