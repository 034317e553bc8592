package dev.hypha.graph.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/// Values of one type, one or a row of them per node or per edge, mapped from a store and valid until that is
/// closed.
///
/// Nodes are in the order of their numbers, edges in that of their positions in the
/// [dev.hypha.graph.Adjacency].
public final class Column {
    /// The value of an integer or a time that is missing.
    public static final long MISSING = Long.MIN_VALUE;

    private final String name;
    private final ColumnType type;
    private final int width;
    private final MemorySegment values;
    private final TextTable words;

    /// @param words of a text column, otherwise without texts
    Column(String name, ColumnType type, int width, MemorySegment values, TextTable words) {
        this.name = name;
        this.type = type;
        this.width = width;
        this.values = values;
        this.words = words;
    }

    public String name() {
        return name;
    }

    public ColumnType type() {
        return type;
    }

    /// Numbers per row: 1, or the columns of a matrix.
    public int width() {
        return width;
    }

    public long rows() {
        return values.byteSize() / type.kind().width() / width;
    }

    /// The raw values, row by row: int64, float32, float64, or int32 codes of words; to be read only.
    public MemorySegment values() {
        return values;
    }

    /// An integer, or a time in microseconds since 1970-01-01 UTC; or [#MISSING].
    public long integer(long row) {
        return values.getAtIndex(ValueLayout.JAVA_LONG, row);
    }

    /// A number of any type but text; NaN where it is missing.
    ///
    /// @param at within the row, below [#width]
    public double number(long row, int at) {
        return switch (type) {
            case INT64, TIME -> integer(row) == MISSING ? Double.NaN : integer(row);
            case FLOAT32 -> values.getAtIndex(ValueLayout.JAVA_FLOAT, row * width + at);
            case FLOAT64 -> values.getAtIndex(ValueLayout.JAVA_DOUBLE, row);
            case TEXT -> throw new IllegalStateException("text has no numbers: " + name);
        };
    }

    /// Which of [#words] stands in a row of text, or -1 where it is missing.
    public int code(long row) {
        return values.getAtIndex(ValueLayout.JAVA_INT, row);
    }

    /// The distinct words of a text column, in the order of their codes.
    public List<String> words() {
        return IntStream.range(0, words.count()).mapToObj(words::get).toList();
    }

    /// A value as users read it; empty where it is missing.
    public String text(long row) {
        return switch (type) {
            case INT64, TIME -> integer(row) == MISSING ? "" : Long.toString(integer(row));
            case TEXT -> code(row) < 0 ? "" : words.get(code(row));
            case FLOAT32, FLOAT64 -> Double.isNaN(number(row, 0)) ? "" : Double.toString(number(row, 0));
        };
    }

    /// What [StoredGraph#check] finds wrong, or an empty string.
    String problem() {
        if (type != ColumnType.TEXT) {
            return "";
        }
        for (long row = 0; row < rows(); row++) {
            if (code(row) < -1 || code(row) >= words.count()) {
                return "row " + row + " has the code " + code(row) + " of " + words.count() + " words";
            }
        }
        return words.problem();
    }
}
