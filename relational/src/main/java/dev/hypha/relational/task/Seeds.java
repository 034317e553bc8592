package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import java.util.List;
import java.util.Map;

/// Turns labelled pairs into the tables of a task. In: `task.pairs_labelled(entity, time, cutoff, split,
/// label)` with raw labels (NULL exactly in split `predict`). Out:
///
/// - `task.seeds(seed, entity, key, time, cutoff, split, label DOUBLE)`, ordered by time, entity and split;
/// - `task.classes(class, value, n)` by frequency in training, then value; empty for numbers;
/// - `task.seed_labels(seed, class)` for multi-label; empty otherwise.
final class Seeds {
    /// More classes than any head of a model is meant for.
    static final int MAX_CLASSES = 1_000;

    static final String IN = "task.pairs_labelled";

    private final Queries database;
    private final String entityTable;
    private final String key;
    private final TaskKind kind;

    Seeds(Queries database, Labelled labelled) {
        this.database = database;
        this.entityTable = labelled.entityTable();
        this.key = labelled.key();
        this.kind = labelled.kind();
    }

    void write() {
        classes();
        String label = switch (kind) {
            case BINARY, REGRESSION, RANKING -> "p.label";
            case MULTICLASS -> "c.class";
            case MULTILABEL -> "NULL";
        };
        String join = kind == TaskKind.MULTICLASS ? " LEFT JOIN task.classes c ON c.value = p.label" : "";
        database.run("CREATE OR REPLACE TABLE task.seeds AS SELECT"
                + " CAST(row_number() OVER (ORDER BY p.time, p.entity, p.split) - 1 AS INTEGER) AS seed,"
                + " CAST(p.entity AS INTEGER) AS entity, e." + Sql.name(key) + " AS key, p.time, p.cutoff, p.split,"
                + " CAST(" + label + " AS DOUBLE) AS label FROM " + IN + " p JOIN " + Sql.table(entityTable)
                + " e ON e._row = p.entity" + join + " ORDER BY seed");
        seedLabels();
        database.run("DROP TABLE " + IN);
    }

    private void classes() {
        database.run("CREATE OR REPLACE TABLE task.classes(class INTEGER, value VARCHAR, n BIGINT)");
        if (kind != TaskKind.MULTICLASS && kind != TaskKind.MULTILABEL) return;
        String value = kind == TaskKind.MULTICLASS ? "label" : "unnest(label)";
        database.run("INSERT INTO task.classes SELECT row_number() OVER (ORDER BY n DESC, value) - 1, value, n FROM ("
                + "SELECT value, count(*) FILTER (WHERE split = 'train') AS n FROM (SELECT split, " + value
                + " AS value FROM " + IN + " WHERE label IS NOT NULL) GROUP BY value) ORDER BY 1");
        long n = database.number("SELECT count(*) FROM task.classes");
        if (n > MAX_CLASSES) {
            throw new InputException(
                    "too-many-classes",
                    "the target has " + n + " different values, more than the " + MAX_CLASSES
                            + " that can be told apart as classes",
                    Map.of("classes", n),
                    "predict a coarser column, or declare the column as numerical in the schema file if it is a quantity");
        }
    }

    private void seedLabels() {
        database.run("CREATE OR REPLACE TABLE task.seed_labels(seed INTEGER, class INTEGER)");
        if (kind != TaskKind.MULTILABEL) return;
        database.run(
                "INSERT INTO task.seed_labels SELECT s.seed, c.class FROM (SELECT entity, time, split, unnest(label) AS value"
                        + " FROM " + IN
                        + ") p JOIN task.seeds s USING (entity, time, split) JOIN task.classes c USING (value)"
                        + " ORDER BY 1, 2");
    }

    /// A target that has the same value in all training rows teaches nothing, and one of two classes that is the same
    /// in all rows of another split measures nothing.
    void refuseSameLabels() {
        if (kind == TaskKind.MULTILABEL) {
            if (database.number("SELECT count(*) FROM task.classes WHERE n > 0") == 0) {
                throw same("train", "the empty list");
            }
            return;
        }
        refuseSameLabels(Split.TRAIN);
        if (kind != TaskKind.BINARY) return;
        refuseSameLabels(Split.VALIDATION);
        refuseSameLabels(Split.TEST);
    }

    private void refuseSameLabels(Split split) {
        List<Double> first = database.list(
                "SELECT DISTINCT label FROM task.seeds WHERE split = '" + split.label() + "' LIMIT 2",
                row -> row.getDouble(1));
        if (first.size() == 1) throw same(split.label(), named(first.getFirst()));
    }

    private String named(double label) {
        return switch (kind) {
            case BINARY -> label == 1 ? "true" : "false";
            case MULTICLASS ->
                "'"
                        + database.list(
                                        "SELECT value FROM task.classes WHERE class = " + (int) label,
                                        row -> row.getString(1))
                                .getFirst()
                        + "'";
            case REGRESSION, MULTILABEL, RANKING -> Double.toString(label);
        };
    }

    private static InputException same(String split, String value) {
        boolean training = split.equals(Split.TRAIN.label());
        return new InputException(
                "one-class",
                "in all " + (training ? "training" : split) + " rows the target is " + value,
                Map.of("split", split, "value", value),
                "widen the window, loosen WHERE or GIVEN, "
                        + (training
                                ? "or check the condition in PREDICT"
                                : "check the condition in PREDICT, or move the cut-off with --val-time and --test-time"));
    }
}
