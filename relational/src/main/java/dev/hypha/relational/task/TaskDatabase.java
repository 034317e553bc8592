package dev.hypha.relational.task;

import dev.hypha.relational.database.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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
            throw SqlFailure.of(sql, e);
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
            throw SqlFailure.of(sql, e);
        }
    }

    /// Reads one row of a result.
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
