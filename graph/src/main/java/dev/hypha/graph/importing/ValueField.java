package dev.hypha.graph.importing;

import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.Numbers;
import dev.hypha.graph.reading.Times;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.ColumnType;

/// Reads numbers and times of a column; as a long each: an integer, microseconds, or the bits of a
/// floating-point number. An empty field is a missing value.
///
/// @param type any but text
record ValueField(ColumnType type) implements Field {
    @Override
    public long look(byte[] bytes, int from, int to) throws BadValue {
        boolean empty = from == to;
        return switch (type) {
            case INT64 -> empty ? Column.MISSING : Numbers.integer(bytes, from, to);
            case TIME -> empty ? Column.MISSING : Times.micros(bytes, from, to);
            case FLOAT32 -> {
                float value = empty ? Float.NaN : (float) Numbers.real(bytes, from, to);
                yield Float.floatToRawIntBits(value);
            }
            case FLOAT64 -> {
                double value = empty ? Double.NaN : Numbers.real(bytes, from, to);
                yield Double.doubleToRawLongBits(value);
            }
            case TEXT -> throw new IllegalStateException("text is no number");
        };
    }

    @Override
    public long keep(long looked, byte[] bytes, int from, int to) {
        return looked;
    }

    /// The type was guessed from the first rows, or given; another one takes the field as it is.
    @Override
    public String remedy(byte[] bytes, int from, int to, String column) {
        ColumnType wider = type == ColumnType.INT64 && isReal(bytes, from, to) ? ColumnType.FLOAT64 : ColumnType.TEXT;
        return "store the column in another way with --types " + column + "=" + wider.word();
    }

    private static boolean isReal(byte[] bytes, int from, int to) {
        try {
            Numbers.real(bytes, from, to);
            return true;
        } catch (BadValue e) {
            return false;
        }
    }

    /// What stands for a missing value.
    static long missing(ColumnType type) {
        return switch (type) {
            case INT64, TIME -> Column.MISSING;
            case FLOAT32 -> Float.floatToRawIntBits(Float.NaN);
            case FLOAT64 -> Double.doubleToRawLongBits(Double.NaN);
            case TEXT -> TextTokens.MISSING;
        };
    }
}
