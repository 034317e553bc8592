package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;

/// What a run was made with, beside Hypha itself.
final class Versions {
    private Versions() {}

    static ObjectNode json(Connection staging) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("java", Runtime.version().toString())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("processor", System.getProperty("os.arch"))
                .put("duckdb", staging.getMetaData().getDatabaseProductVersion());
    }
}
