package dev.hypha.graph.store;

import dev.hypha.graph.store.v1.Kind;
import java.util.Arrays;
import java.util.Optional;

/// The type of a column's values. The word is what users write and what the metadata holds.
public enum ColumnType {
    /// 64-bit integers; a missing one is [Column#MISSING].
    INT64("int64", Kind.INT64),
    /// Microseconds since 1970-01-01 UTC; a missing one is [Column#MISSING].
    TIME("time", Kind.INT64),
    /// One number or a row of them per node or edge; a missing one is NaN.
    FLOAT32("float32", Kind.FLOAT32),
    /// A missing one is NaN.
    FLOAT64("float64", Kind.FLOAT64),
    /// Codes into the column's sorted words; a missing one is -1.
    TEXT("text", Kind.CODES);

    private final String word;
    private final Kind kind;

    ColumnType(String word, Kind kind) {
        this.word = word;
        this.kind = kind;
    }

    /// As users write it.
    public String word() {
        return word;
    }

    /// How its raw values are stored.
    public Kind kind() {
        return kind;
    }

    /// The type of that word.
    public static Optional<ColumnType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
