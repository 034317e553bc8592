package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.database.SqlFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Runs a user's label SQL and brings its rows into one shape: `time` TIMESTAMP, `entity` VARCHAR, `label` VARCHAR and
/// `label_type` (`NUMBER`, `BOOLEAN` or `TEXT`, the same in all rows).
final class LabelRows {
    private static final List<String> NAMES = List.of("time", "entity", "label");

    private final Queries database;
    private final String table;

    LabelRows(Queries database, String table) {
        this.database = database;
        this.table = table;
    }

    void write(String sql) {
        run(sql);
        List<Result> results = database.list(
                "DESCRIBE task.user_rows",
                row -> new Result(row.getString("column_name"), row.getString("column_type")));
        List<Result> columns = byName(results);
        refuseBadTimes(columns.getFirst());
        Result label = columns.get(2);
        database.run("CREATE OR REPLACE TABLE " + table + " AS SELECT CAST("
                + columns.getFirst().sql()
                + " AS TIMESTAMP) AS time, CAST(" + columns.get(1).sql() + " AS VARCHAR) AS entity, "
                + label.asText() + " AS label, '" + label.meaning() + "' AS label_type FROM task.user_rows");
        database.run("DROP TABLE task.user_rows");
        if (database.number("SELECT count(*) FROM " + table) == 0) {
            throw error("the SQL yields no row", "check its conditions");
        }
    }

    /// A column of the result.
    private record Result(String name, String type) {
        private static final Set<String> TEXTS = Set.of("VARCHAR", "UUID", "DATE", "TIMESTAMP");

        String sql() {
            return Sql.name(name);
        }

        String meaning() {
            if (type.equals("BOOLEAN")) return "BOOLEAN";
            return TEXTS.contains(type) || type.startsWith("ENUM") ? "TEXT" : "NUMBER";
        }

        String asText() {
            String sql = meaning().equals("TEXT") ? sql() : "CAST(" + sql() + " AS DOUBLE)";
            return "CAST(" + sql + " AS VARCHAR)";
        }
    }

    /// `query(...)` takes one SELECT and nothing else, so nothing is changed or written by it.
    private void run(String sql) {
        String before = database.list("SELECT current_setting('search_path')", row -> row.getString(1))
                .getFirst();
        try {
            database.run("SET search_path = 'data'");
            database.run("CREATE OR REPLACE TABLE task.user_rows AS SELECT * FROM query(" + Sql.text(sql) + ")");
        } catch (SqlFailure e) {
            String said = e.getCause().getMessage().lines().findFirst().orElse("it gives no reason");
            throw error("the SQL does not run: " + said, "it must be one SELECT over the tables of the database");
        } finally {
            database.run("SET search_path = " + Sql.text(before));
        }
    }

    private static List<Result> byName(List<Result> results) {
        List<Result> named = NAMES.stream()
                .flatMap(name -> results.stream()
                        .filter(r -> r.name().toLowerCase(Locale.ROOT).equals(name)))
                .toList();
        if (named.size() == NAMES.size()) return named;
        if (results.size() == NAMES.size()) return results;
        throw error(
                "the SQL yields the columns "
                        + String.join(", ", results.stream().map(Result::name).toList()),
                "let it yield time, entity and label");
    }

    private void refuseBadTimes(Result time) {
        String missing = "SELECT count(*) FROM task.user_rows WHERE " + time.sql() + " IS NULL";
        long nulls = database.number(missing);
        if (nulls > 0) throw error(nulls + " rows have no time", "leave rows without a time out of the SQL");
        String notATime = "SELECT CAST(" + time.sql() + " AS VARCHAR) FROM task.user_rows WHERE try_cast(CAST("
                + time.sql() + " AS VARCHAR) AS TIMESTAMP) IS NULL LIMIT 1";
        List<String> found = database.list(notATime, row -> row.getString(1));
        if (!found.isEmpty())
            throw error("'" + found.getFirst() + "' is no time", "let the column time hold timestamps");
    }

    private static InputException error(String message, String hint) {
        return new InputException("labels", message, Map.of("option", "--labels"), hint);
    }
}
