package dev.hypha.relational.query;

import dev.hypha.relational.schema.TableColumn;
import java.util.ArrayList;
import java.util.List;

/// Names seen from an entity at a prediction time: its columns, those of the rows it leads to, and aggregates of
/// windows.
final class EntityScope implements Scope {
    private final RowScope columns;
    private final Aggregates aggregates;
    private final List<WindowAggregate> used = new ArrayList<>();
    private final List<Expr.Aggregate> written = new ArrayList<>();

    EntityScope(RowScope columns, Aggregates aggregates) {
        this.columns = columns;
        this.aggregates = aggregates;
    }

    /// The columns that were asked for outside of aggregates.
    List<TableColumn> columnsRead() {
        return List.copyOf(columns.read());
    }

    /// The aggregates that were asked for, each once.
    List<WindowAggregate> used() {
        return used;
    }

    /// The aggregates as and where they are written, each time they are.
    List<Expr.Aggregate> written() {
        return written;
    }

    @Override
    public Typed column(Expr.Column column) {
        return columns.column(column);
    }

    @Override
    public Typed aggregate(Expr.Aggregate aggregate) {
        written.add(aggregate);
        WindowAggregate made = aggregates.of(aggregate);
        if (!used.contains(made)) used.add(made);
        return aggregates.value(aggregate);
    }
}
