package dev.hypha.relational.predict;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.Database;
import dev.hypha.relational.encode.DerivedColumn;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.RowSignal;
import dev.hypha.relational.query.Span;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import dev.hypha.relational.task.Task;
import dev.hypha.relational.windows.Signal;
import dev.hypha.relational.windows.Target;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A request on its open database, with the seeds made.
record Job(PredictRequest request, Database database, Task task, Progress progress) {
    Job withTask(Task other) {
        return new Job(request, database, other, progress);
    }

    Connection connection() {
        return database.connection();
    }

    TaskKind kind() {
        return task.kind();
    }

    int outputs() {
        return kind().outputs(task.seeds().classes().size());
    }

    /// What the aggregates of the past need to know of the target.
    Target target() {
        List<Signal> signals = signals().stream()
                .map(s -> new Signal(s.table(), shortName(s), s.sql()))
                .toList();
        return new Target(task.entityTable(), signals, 0, horizonMicros());
    }

    private long horizonMicros() {
        return task.query().flatMap(CheckedQuery::horizon).map(Span::micros).orElse(0L);
    }

    private List<RowSignal> signals() {
        return task.query().map(CheckedQuery::rowSignals).orElse(List.of());
    }

    /// The signal as a column of its table, such as `statusId <> 1`.
    private static String shortName(RowSignal signal) {
        return signal.name().replace(signal.table() + ".", "");
    }

    /// What the target says about single rows, as columns for the graph model.
    List<DerivedColumn> derived() {
        return signals().stream()
                .filter(RowSignal::condition)
                .map(s -> new DerivedColumn(s.table(), shortName(s), s.sql(), ColumnType.BOOLEAN))
                .toList();
    }

    /// Columns that are (part of) the label, which no model may see.
    Set<TableColumn> withheld() {
        return task.query().map(CheckedQuery::hiddenColumns).orElse(Set.of());
    }

    /// The tables as the graph may show them: a foreign key that is what is predicted is no edge.
    Schema visible() {
        Set<TableColumn> withheld = withheld();
        return new Schema(database.schema().tables().stream()
                .map(t -> new Table(
                        t.name(),
                        t.columns(),
                        t.primaryKey(),
                        t.foreignKeys().stream()
                                .filter(k -> !withheld.contains(new TableColumn(t.name(), k.column())))
                                .toList(),
                        t.time(),
                        t.rows()))
                .toList());
    }

    /// A query that asks about each entity once, at no particular time.
    boolean timeless() {
        return task.query().map(CheckedQuery::isStatic).orElse(false)
                && task.validationCutoff().isEmpty();
    }

    static InputException badOption(String option, String value, String hint) {
        return new InputException(
                "bad-option", "Option --" + option + " is '" + value + "'", Map.of("option", option), hint);
    }
}
