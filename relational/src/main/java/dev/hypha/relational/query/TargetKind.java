package dev.hypha.relational.query;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import java.util.Map;

/// Which task a target is, and its label as SQL.
///
/// @param label DOUBLE for binary (0 or 1) and regression, VARCHAR for multi-class, VARCHAR[] for multi-label
record TargetKind(TaskKind kind, String label) {
    static TargetKind of(Query query, Typed target) {
        int at = query.target().at();
        if (query.rank().isPresent()) throw ranking(query, target);
        return switch (target.type()) {
            case BOOLEAN -> new TargetKind(TaskKind.BINARY, "CAST(" + target.sql() + " AS DOUBLE)");
            case LIST -> new TargetKind(TaskKind.MULTILABEL, target.sql());
            case NUMBER -> number(target);
            case TEXT -> text(query, target);
            case TIME ->
                throw query.source()
                        .error(
                                "type",
                                at,
                                "a time cannot be predicted",
                                "predict whether or how often something happens");
            case OTHER ->
                throw query.source()
                        .error("type", at, "a column of this type cannot be predicted", "choose another one");
        };
    }

    private static InputException ranking(Query query, Typed target) {
        if (target.type() != ValueType.LIST) {
            return query.source()
                    .error(
                            "type",
                            query.target().at(),
                            "RANK TOP needs a target LIST_DISTINCT(...), this is "
                                    + target.type().words(),
                            "leave RANK TOP out");
        }
        return new InputException(
                "not-yet",
                "ranking (RANK TOP " + query.rank().getAsInt() + ") is part of the language but cannot be trained yet",
                Map.of("clause", "RANK TOP"),
                "leave RANK TOP out to predict for each value whether it is in the list");
    }

    private static TargetKind number(Typed target) {
        ColumnType type = target.column().map(Column::type).orElse(ColumnType.NUMERICAL);
        return switch (type) {
            case CATEGORICAL, IDENTIFIER ->
                new TargetKind(TaskKind.MULTICLASS, "CAST(" + target.sql() + " AS VARCHAR)");
            case BOOLEAN -> new TargetKind(TaskKind.BINARY, "CAST(" + target.sql() + " <> 0 AS DOUBLE)");
            case NUMERICAL, TIMESTAMP, TEXT -> new TargetKind(TaskKind.REGRESSION, finite(target.sql()));
        };
    }

    /// What is not a number, or infinite, is as good as missing.
    private static String finite(String sql) {
        String real = "CAST(" + sql + " AS DOUBLE)";
        return "CASE WHEN isfinite(" + real + ") THEN " + real + " END";
    }

    private static TargetKind text(Query query, Typed target) {
        boolean free = target.column().filter(c -> c.type() == ColumnType.TEXT).isPresent();
        if (!free && target.column().isPresent()) return new TargetKind(TaskKind.MULTICLASS, target.sql());
        throw query.source()
                .error(
                        "type",
                        query.target().at(),
                        target.column().isPresent() ? "free text cannot be predicted" : "this text is always the same",
                        "predict a categorical column; the schema file can declare this one as categorical");
    }
}
