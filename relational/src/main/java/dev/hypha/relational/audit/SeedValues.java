package dev.hypha.relational.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Values that are computed for predictions by SQL on the schemas `data` and `task` of a connection, such as window
/// aggregates.
public interface SeedValues {
    /// What each value is, in order.
    List<String> names();

    /// @param connection to a database with the schemas `data` and `task`, under those names
    /// @param seeds which predictions, by `seed`
    /// @return shape [seeds, names]; `NaN` for missing
    double[][] of(Connection connection, int[] seeds) throws SQLException;
}
