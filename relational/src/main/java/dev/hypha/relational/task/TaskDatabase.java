package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Statements on the staged database, with the schema `task` for what this package makes.
final class TaskDatabase {
    private final Connection connection;

    TaskDatabase(Connection connection) {
        this.connection = connection;
        run("CREATE SCHEMA IF NOT EXISTS task");
    }

    Connection connection() {
        return connection;
    }

    void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /// The first column of the only row; 0 for NULL.
    long number(String sql) {
        return list(sql, row -> row.getLong(1)).getFirst();
    }

    <T> List<T> list(String sql, Row<T> row) {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (results.next()) all.add(row.read(results));
            return all;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /// Reads one row of a result.
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static RuntimeException failure(String sql, SQLException e) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("out of memory") || lower.contains("no space left")) {
            return new InputException(
                    "memory-limit",
                    "the labels do not fit into memory and temporary disk space",
                    Map.of(),
                    "give more with --memory, or take fewer prediction times with a larger --step");
        }
        return new IllegalStateException(message + "\nin: " + sql, e);
    }
}
