package dev.hypha.relational.query;

import java.util.Locale;
import java.util.Set;

/// What kind of value an expression has, which decides what may be done with it.
enum ValueType {
    NUMBER("a number"),
    TEXT("text"),
    BOOLEAN("true or false"),
    TIME("a time"),
    /// The values of `LIST_DISTINCT`.
    LIST("a list"),
    /// A type that can only be counted and tested with `IS NULL`.
    OTHER("of a type that has no comparison");

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL",
            "NUMERIC",
            "REAL",
            "INT",
            "INT2",
            "INT4",
            "INT8",
            "LONG",
            "SHORT");

    private final String words;

    ValueType(String words) {
        this.words = words;
    }

    /// As an error names it.
    String words() {
        return words;
    }

    /// @param sqlType DuckDB's type
    static ValueType of(String sqlType) {
        String type = sqlType.toUpperCase(Locale.ROOT);
        String bare = type.replaceFirst("\\(.*", "").strip();
        if (type.endsWith("]")) return OTHER;
        if (NUMBERS.contains(bare)) return NUMBER;
        if (bare.equals("BOOLEAN")) return BOOLEAN;
        if (bare.equals("VARCHAR") || bare.equals("ENUM") || bare.equals("UUID")) return TEXT;
        return bare.equals("DATE") || bare.startsWith("TIMESTAMP") ? TIME : OTHER;
    }
}
