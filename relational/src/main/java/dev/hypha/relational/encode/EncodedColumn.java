package dev.hypha.relational.encode;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.ColumnType;

/// A column with the encoder that was fitted on its training rows.
///
/// @param name the column's name, or that of a derived column
/// @param derivation the SQL of a derived column, empty for a column of the table
/// @param sqlType DuckDB's type when it was fitted
/// @param type what the column means
/// @param statistics counted on the training rows
/// @param encoder the fitted encoder; a [LeftOut] where models do not see the column
public record EncodedColumn(
        String name, String derivation, String sqlType, ColumnType type, ColumnStatistics statistics, Encoder encoder) {

    /// The column as SQL over one row of its table, under the alias `f`.
    @JsonIgnore
    public String sql() {
        return sql(name, derivation);
    }

    static String sql(String name, String derivation) {
        return derivation.isEmpty() ? "f." + Sql.name(name) : "(" + derivation + ")";
    }

    /// True where models see nothing of it.
    @JsonIgnore
    public boolean leftOut() {
        return encoder instanceof LeftOut;
    }
}
