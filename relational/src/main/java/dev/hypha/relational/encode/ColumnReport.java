package dev.hypha.relational.encode;

import dev.hypha.relational.schema.ColumnType;
import java.util.Locale;

/// What became of a column, for the report.
///
/// @param sqlType DuckDB's type
/// @param statistics counted on the rows that training may see
/// @param encoder the encoder chosen, or why there is none, in a short phrase
/// @param note what a person should know: constant, a value of its own in every row, values that are none; may be empty
public record ColumnReport(
        String table,
        String column,
        String sqlType,
        ColumnType type,
        ColumnStatistics statistics,
        String encoder,
        boolean leftOut,
        String note) {

    static ColumnReport of(String table, EncodedColumn column) {
        return new ColumnReport(
                table,
                column.name(),
                column.sqlType(),
                column.type(),
                column.statistics(),
                column.encoder().describe(),
                column.leftOut(),
                note(column.statistics(), column.type()));
    }

    private static String note(ColumnStatistics s, ColumnType type) {
        if (s.unusable() > 0) {
            return s.unusable() + " of " + s.rows() + " values are no "
                    + type.name().toLowerCase(Locale.ROOT);
        }
        if (s.distinct() == 1 && s.rows() > 1) {
            return s.missing() == 0 ? "constant" : "one value or missing";
        }
        // A measurement may well differ in every row.
        boolean continuous = type == ColumnType.NUMERICAL || type == ColumnType.TIMESTAMP;
        return s.unique() && !continuous ? "a value of its own in every row" : "";
    }
}
