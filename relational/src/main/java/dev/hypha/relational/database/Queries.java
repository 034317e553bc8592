package dev.hypha.relational.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Statements on the embedded database.
///
/// @param connection stays the caller's
public record Queries(Connection connection) {
    /// @throws SqlFailure where the database refuses
    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqlFailure.of(sql, e);
        }
    }

    /// The first column of the first row; 0 for NULL.
    ///
    /// @throws SqlFailure where the database refuses
    public long number(String sql) {
        return list(sql, row -> row.getLong(1)).getFirst();
    }

    /// A value for each row.
    ///
    /// @throws SqlFailure where the database refuses
    public <T> List<T> list(String sql, Row<T> row) {
        try {
            return list(connection, sql, row);
        } catch (SQLException e) {
            throw SqlFailure.of(sql, e);
        }
    }

    /// The same on any database, with its own errors.
    static <T> List<T> list(Connection connection, String sql, Row<T> row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (results.next()) all.add(row.read(results));
            return all;
        }
    }

    /// Reads one row of a result.
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
