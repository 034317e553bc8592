package dev.hypha.relational.query;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Names seen from a row of a table: its own columns and those of the rows its foreign keys lead to.
final class RowScope implements Scope {
    private final Names names;
    private final Ways ways;
    private final Table table;
    private final Joins joins;
    private final Set<TableColumn> read = new LinkedHashSet<>();

    RowScope(Names names, Table table, Joins joins) {
        this.names = names;
        this.ways = new Ways(names);
        this.table = table;
        this.joins = joins;
    }

    Joins joins() {
        return joins;
    }

    /// The columns that were asked for, and the foreign keys on the ways to them.
    Set<TableColumn> read() {
        return read;
    }

    @Override
    public Typed column(Expr.Column column) {
        List<Step> way = new ArrayList<>();
        int next = start(column, way);
        Table end = way.isEmpty() ? table : way.getLast().to();
        for (; next < column.path().size() - 1; next++) {
            Step step = names.step(end, column.path().get(next), column.at());
            way.add(step);
            end = step.to();
        }
        Column found = names.column(end, column.path().getLast(), column.at());
        way.forEach(
                step -> read.add(new TableColumn(step.from().name(), step.key().column())));
        read.add(new TableColumn(end.name(), found.name()));
        return typed(joins.alias(way) + "." + Sql.name(found.name()), asClass(end, found));
    }

    /// Adds the way to the table that a path begins with.
    ///
    /// @return how many names of the path that used up: none when it begins with a column of the base table
    private int start(Expr.Column column, List<Step> way) {
        String first = column.path().getFirst();
        if (column.path().size() == 1) return 0;
        Optional<Table> named = names.find(first);
        if (named.isEmpty() && Names.findKey(table, first).isPresent()) return 0;
        way.addAll(ways.upward(table, named.orElseGet(() -> names.table(first, column.at())), column.at()));
        return 1;
    }

    /// A key is never a quantity, whatever its type.
    private static Column asClass(Table table, Column column) {
        boolean key = Names.findKey(table, column.name()).isPresent()
                || table.primaryKey().filter(column.name()::equals).isPresent();
        return key ? new Column(column.name(), column.sqlType(), ColumnType.IDENTIFIER, column.dropped()) : column;
    }

    private static Typed typed(String sql, Column column) {
        ValueType type = ValueType.of(column.sqlType());
        boolean plain =
                column.sqlType().equalsIgnoreCase("VARCHAR") || column.sqlType().equalsIgnoreCase("TIMESTAMP");
        String value = switch (type) {
            case TEXT -> plain ? sql : "CAST(" + sql + " AS VARCHAR)";
            case TIME -> plain ? sql : "CAST(" + sql + " AS TIMESTAMP)";
            case NUMBER, BOOLEAN, LIST, OTHER -> sql;
        };
        return new Typed(value, type, Optional.of(column));
    }

    @Override
    public Typed aggregate(Expr.Aggregate aggregate) {
        throw names.query()
                .error(
                        "nested-aggregate",
                        aggregate.at(),
                        "an aggregate cannot stand inside another one",
                        "use columns of '" + table.name() + "' and of tables its foreign keys lead to");
    }
}
