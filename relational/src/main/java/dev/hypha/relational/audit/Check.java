package dev.hypha.relational.audit;

import java.sql.SQLException;
import java.util.List;

/// One thing the audit looks for.
interface Check {
    /// @return what was found, empty where all is well
    List<Finding> find(AuditTask task) throws SQLException;
}
