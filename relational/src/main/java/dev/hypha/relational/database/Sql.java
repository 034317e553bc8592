package dev.hypha.relational.database;

/// Pieces of SQL in DuckDB's dialect: quoted names and literals. Every statement on the staged data is made with these.
public final class Sql {
    private Sql() {}

    /// A name between double quotes, so that no table or column name of a user can be read as SQL.
    public static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /// A staged table of the user: `data."orders"`.
    public static String table(String table) {
        return "data." + name(table);
    }

    /// A string literal.
    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
