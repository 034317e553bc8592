package dev.hypha.relational.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Copies what DuckDB can read itself (files, attached databases) into schema `raw`, narrowing types on the way.
final class RawTables {
    /// Names the staged tables add to the user's columns.
    static final Set<String> RESERVED = Set.of("_row", "_time");

    private final Staging staging;
    private final Warnings warnings;

    RawTables(Staging staging, Warnings warnings) {
        this.staging = staging;
        this.warnings = warnings;
    }

    /// @param relation what stands after FROM
    void create(String table, String relation) {
        List<String> expressions = new ArrayList<>();
        for (var column :
                staging.list("DESCRIBE SELECT * FROM " + relation, r -> List.of(r.getString(1), r.getString(2)))) {
            String name = column.getFirst();
            if (reserved(warnings, table, name)) continue;
            StagedTypes.expression(Sql.name(name), column.getLast())
                    .ifPresentOrElse(
                            e -> expressions.add(e + " AS " + Sql.name(name)), () -> warnings.add(binary(table, name)));
        }
        String columns = expressions.isEmpty() ? "NULL AS nothing" : String.join(", ", expressions);
        staging.run("CREATE TABLE raw." + Sql.name(table) + " AS SELECT " + columns + " FROM " + relation);
    }

    static boolean reserved(Warnings warnings, String table, String column) {
        boolean reserved = RESERVED.contains(column.toLowerCase(Locale.ROOT));
        if (reserved) warnings.add(table + "." + column + " is left out: Hypha keeps a column of its own by that name");
        return reserved;
    }

    static String severalColumns(String table, List<String> columns, String parent) {
        return table + " (" + String.join(", ", columns) + ") -> " + parent
                + ": a foreign key of several columns is left"
                + " out; to use it, give both tables one column that holds those values together, and name it under"
                + " foreign-keys in the schema file";
    }

    static String binary(String table, String column) {
        return table + "." + column + " is left out: binary data";
    }
}
