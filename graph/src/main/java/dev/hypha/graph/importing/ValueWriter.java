package dev.hypha.graph.importing;

import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.v1.DataFileWriter;
import java.io.IOException;

/// Writes values that are held as longs (see [ValueField]; a text is its code) in the form of their type.
final class ValueWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 12;

    private final ColumnType type;
    private final DataFileWriter file;
    private final long[] longs = new long[BUFFER];
    private int used;

    ValueWriter(ColumnType type, DataFileWriter file) {
        this.type = type;
        this.file = file;
    }

    void add(long value) throws IOException {
        if (used == BUFFER) {
            flush();
        }
        longs[used++] = value;
    }

    /// The file, complete but for its end.
    DataFileWriter finished() throws IOException {
        flush();
        return file;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void flush() throws IOException {
        switch (type) {
            case INT64, TIME -> file.longs(longs, 0, used);
            case FLOAT32 -> {
                float[] floats = new float[used];
                for (int i = 0; i < used; i++) {
                    floats[i] = Float.intBitsToFloat((int) longs[i]);
                }
                file.floats(floats, 0, used);
            }
            case FLOAT64 -> {
                double[] doubles = new double[used];
                for (int i = 0; i < used; i++) {
                    doubles[i] = Double.longBitsToDouble(longs[i]);
                }
                file.doubles(doubles, 0, used);
            }
            case TEXT -> {
                int[] codes = new int[used];
                for (int i = 0; i < used; i++) {
                    codes[i] = (int) longs[i];
                }
                file.ints(codes, 0, used);
            }
        }
        used = 0;
    }
}
