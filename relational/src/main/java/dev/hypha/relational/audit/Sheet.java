package dev.hypha.relational.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Numbers asked of the staged database.
record Sheet(Connection connection) {
    /// The first row of a query as numbers; null is `NaN`.
    double[] row(String sql) throws SQLException {
        List<double[]> rows = rows(sql);
        return rows.getFirst();
    }

    /// The first number of a query's first row, 0 for null.
    double number(String sql) throws SQLException {
        double x = row(sql)[0];
        return Double.isNaN(x) ? 0 : x;
    }

    /// All rows of a query as numbers; null is `NaN`.
    List<double[]> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            List<double[]> out = new ArrayList<>();
            while (rows.next()) {
                double[] row = new double[columns];
                for (int i = 0; i < columns; i++) {
                    double x = rows.getDouble(i + 1);
                    row[i] = rows.wasNull() ? Double.NaN : x;
                }
                out.add(row);
            }
            return out;
        }
    }

    /// Runs statements that yield nothing.
    void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
