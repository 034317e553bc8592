package dev.hypha.relational.database;

import java.util.Locale;
import java.util.Optional;

/// Narrows DuckDB's many types to the seven that staged columns have, so that whoever reads them needs no more cases.
final class StagedTypes {
    private StagedTypes() {}

    /// @param column a quoted column
    /// @param type its DuckDB type
    /// @return the expression that yields a staged type; absent for binary data, which no model reads
    static Optional<String> expression(String column, String type) {
        String upper = type.toUpperCase(Locale.ROOT);
        if (upper.endsWith("[]") || upper.endsWith("]")) return Optional.of("CAST(" + column + " AS VARCHAR)");
        String base = upper.replaceFirst("\\(.*", "").strip();
        return switch (base) {
            case "BLOB", "BYTEA", "VARBINARY" -> Optional.empty();
            case "BOOLEAN", "BIGINT", "TIME", "VARCHAR" -> Optional.of(column);
            case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER" -> cast(column, "BIGINT");
            case "DECIMAL" -> cast(column, wholeDecimal(upper) ? "BIGINT" : "DOUBLE");
            case "DOUBLE" -> Optional.of(finite(column, column));
            case "FLOAT" -> Optional.of(finite(column, "CAST(" + column + " AS DOUBLE)"));
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> cast(column, "DOUBLE");
            case "DATE" -> Optional.of(finite(column, column));
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                Optional.of(finite(column, "CAST(" + column + " AS TIMESTAMP)"));
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ" ->
                Optional.of(finite(column, "make_timestamp(epoch_us(" + column + "))"));
            case "TIME WITH TIME ZONE", "TIMETZ" -> cast(column, "TIME");
            case "INTERVAL" -> Optional.of("epoch(" + column + ")");
            default -> cast(column, "VARCHAR");
        };
    }

    /// `infinity` is no instant and no number to learn from, nor is NaN: all are missing.
    private static String finite(String column, String value) {
        return "CASE WHEN isfinite(" + column + ") THEN " + value + " END";
    }

    private static Optional<String> cast(String column, String type) {
        return Optional.of("CAST(" + column + " AS " + type + ")");
    }

    private static boolean wholeDecimal(String type) {
        String[] sizes = type.replaceAll("[^0-9,]", "").split(",", -1);
        return sizes.length == 2 && sizes[1].equals("0") && Integer.parseInt(sizes[0]) <= 18;
    }
}
