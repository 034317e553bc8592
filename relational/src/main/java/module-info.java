/// Databases, predictive queries, temporal splits, column encoders and window aggregates.
module dev.hypha.relational {
    requires transitive dev.hypha.learn;
    requires transitive java.sql;
    requires transitive com.fasterxml.jackson.databind;
    requires lightgbm4j;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires duckdb.jdbc;

    exports dev.hypha.relational.audit;
    exports dev.hypha.relational.database;
    exports dev.hypha.relational.encode;
    exports dev.hypha.relational.plan;
    exports dev.hypha.relational.query;
    exports dev.hypha.relational.predict;
    exports dev.hypha.relational.schema;
    exports dev.hypha.relational.task;
    exports dev.hypha.relational.trees;
    exports dev.hypha.relational.windows;
}
