package dev.hypha.relational.database;

import dev.hypha.relational.database.TableProfile.ColumnProfile;
import dev.hypha.relational.schema.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes true what a schema file says of a column's type, where the staged values must be converted for it.
final class Retyping {
    private final Staging staging;

    Retyping(Staging staging) {
        this.staging = staging;
    }

    /// A conversion: the staged type, and the SQL of the value with `$` for the old one, null where it cannot be.
    private record Conversion(String sqlType, String value) {}

    /// @param place where the file says so
    /// @return whether the staged column changed
    /// @throws dev.hypha.graph.InputException kind `schema-file`, with the first value that does not fit
    boolean apply(String table, ColumnProfile column, ColumnType type, Yaml.Place place) {
        Optional<Conversion> conversion = conversion(column.sqlType(), type, place, table + "." + column.name());
        conversion.ifPresent(c -> convert(table, Sql.name(column.name()), type, c, place));
        return conversion.isPresent();
    }

    private void convert(String table, String name, ColumnType type, Conversion to, Yaml.Place place) {
        String value = to.value().replace("$", name);
        List<String> misfits = staging.list(
                "SELECT CAST(" + name + " AS VARCHAR) FROM " + Sql.table(table) + " WHERE " + name
                        + " IS NOT NULL AND (" + value + ") IS NULL ORDER BY _row LIMIT 1",
                r -> r.getString(1));
        if (!misfits.isEmpty()) throw misfit(table + "." + name.replace("\"", ""), misfits.getFirst(), type, place);
        staging.run("ALTER TABLE " + Sql.table(table) + " ALTER COLUMN " + name + " TYPE " + to.sqlType() + " USING "
                + value);
    }

    private static RuntimeException misfit(String column, String value, ColumnType type, Yaml.Place place) {
        return place.wrong(
                "schema-file",
                column + " cannot be " + type.name().toLowerCase(Locale.ROOT) + ": it holds `" + value + "`",
                "leave the type out to have it inferred, or correct the data");
    }

    private static Optional<Conversion> conversion(String from, ColumnType to, Yaml.Place place, String column) {
        return switch (to) {
            case CATEGORICAL, TEXT, IDENTIFIER -> Optional.empty();
            case NUMERICAL ->
                switch (from) {
                    case "BIGINT", "DOUBLE", "TIME" -> Optional.empty();
                    case "VARCHAR" -> Optional.of(new Conversion("DOUBLE", "TRY_CAST($ AS DOUBLE)"));
                    case "BOOLEAN" -> Optional.of(new Conversion("BIGINT", "CAST($ AS BIGINT)"));
                    default -> throw misfit(column, from, to, place);
                };
            case BOOLEAN ->
                switch (from) {
                    case "BOOLEAN" -> Optional.empty();
                    case "BIGINT" ->
                        Optional.of(new Conversion("BOOLEAN", "CASE $ WHEN 1 THEN true WHEN 0 THEN false END"));
                    case "VARCHAR" -> Optional.of(new Conversion("BOOLEAN", "TRY_CAST($ AS BOOLEAN)"));
                    default -> throw misfit(column, from, to, place);
                };
            case TIMESTAMP ->
                switch (from) {
                    case "DATE", "TIMESTAMP" -> Optional.empty();
                    case "VARCHAR" -> Optional.of(new Conversion("TIMESTAMP", "TRY_CAST($ AS TIMESTAMP)"));
                    case "BIGINT" -> Optional.of(new Conversion("TIMESTAMP", UNIX_TIME));
                    default -> throw misfit(column, from, to, place);
                };
        };
    }

    /// Seconds since 1970, or milliseconds where they would otherwise lie beyond the year 5138.
    static final String UNIX_TIME = "make_timestamp($ * CASE WHEN abs($) < 100000000000 THEN 1000000 ELSE 1000 END)";
}
