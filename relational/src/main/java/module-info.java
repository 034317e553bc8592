/// Databases, predictive queries, temporal splits, column encoders and window aggregates.
module dev.hypha.relational {
    requires transitive dev.hypha.learn;
    requires transitive java.sql;

    exports dev.hypha.relational.database;
    exports dev.hypha.relational.plan;
    exports dev.hypha.relational.schema;
}
