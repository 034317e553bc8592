package dev.hypha.relational.query;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A query that was checked against a database's schema: names resolved, types right, nothing in it leaks;
/// and its clauses as SQL over the staged tables.
public final class CheckedQuery {
    private final Query query;
    private final Names names;
    private final Table entity;
    private final Joins entityJoins = new Joins("e", "e", Optional.of("p.time"));
    private final Aggregates aggregates;
    private final Clause target;
    private final TargetKind targetKind;
    private final Optional<Clause> where;
    private final Optional<Clause> given;

    private CheckedQuery(Query query, Schema schema) {
        this.query = query;
        this.names = new Names(query.source(), schema);
        this.entity = Checks.entity(names, query.entity());
        this.aggregates = new Aggregates(names, entity);
        this.target = clause(query.target());
        this.where = query.where().map(e -> condition(e, "WHERE"));
        this.given = query.given().map(e -> condition(e, "GIVEN"));
        new Checks(query.source(), target).all(where, given);
        this.targetKind = TargetKind.of(query, target.value());
    }

    /// Checks a query against a schema.
    ///
    /// @throws dev.hypha.graph.InputException naming the place in the query, for everything
    ///     that `docs/predictive-query.md` lists
    public static CheckedQuery of(Query query, Schema schema) {
        return new CheckedQuery(query, schema);
    }

    private Clause clause(Expr e) {
        return Clause.of(names, e, new EntityScope(new RowScope(names, entity, entityJoins), aggregates));
    }

    private Clause condition(Expr e, String name) {
        Clause clause = clause(e);
        if (clause.value().type() == ValueType.BOOLEAN) return clause;
        String found = clause.value().type().words();
        throw query.source()
                .error("type", e.at(), name + " needs a condition, this is " + found, "compare it with a value");
    }

    public Query query() {
        return query;
    }

    /// The table of `FOR EACH`.
    public Table entity() {
        return entity;
    }

    /// The column of `FOR EACH`, which is the entity table's primary key.
    public String key() {
        return entity.primaryKey().orElseThrow();
    }

    public TaskKind kind() {
        return targetKind.kind();
    }

    /// True when the target is made of the entity's own columns, so that there is no window and no future.
    public boolean isStatic() {
        return target.aggregates().isEmpty();
    }

    /// The windows of the target and of `GIVEN`, in the order they are written, each once; none for a static
    /// target.
    public List<Window> windows() {
        return labelAggregates().map(WindowAggregate::window).distinct().toList();
    }

    /// The windows of `WHERE`, each once; all of them lie before the prediction time.
    public List<Window> selectionWindows() {
        return where.stream()
                .flatMap(w -> w.aggregates().stream())
                .map(WindowAggregate::window)
                .distinct()
                .toList();
    }

    /// How far after the prediction time the label is known: the latest end of a window in target and
    /// `GIVEN`.
    ///
    /// @return nothing for a static target
    public Optional<Span> horizon() {
        return windows().stream().map(Window::endSpan).max(Comparator.comparingLong(Span::micros));
    }

    /// Microseconds from the prediction time to where the first window of the target begins.
    ///
    /// @return `Long.MIN_VALUE` for a window without beginning; 0 for a static target
    public long targetStartMicros() {
        return target.aggregates().stream()
                .mapToLong(a -> a.window().startMicros())
                .min()
                .orElse(0);
    }

    /// Microseconds from the prediction time to where the last window of the target ends; 0 for a static
    /// target.
    public long targetEndMicros() {
        return target.aggregates().stream()
                .mapToLong(a -> a.window().endMicros())
                .max()
                .orElse(0);
    }

    /// The tables whose rows the target and `GIVEN` count, in the order they are written.
    public Set<String> factTables() {
        Set<String> tables = new LinkedHashSet<>();
        labelAggregates().forEach(a -> tables.add(a.fact().name()));
        return tables;
    }

    private Stream<WindowAggregate> labelAggregates() {
        return Stream.concat(target.aggregates().stream(), given.stream().flatMap(g -> g.aggregates().stream()));
    }

    /// The columns whose values make the label: aggregated ones, those of row filters, and those of the
    /// entity in a target.
    public Set<TableColumn> targetColumns() {
        Set<TableColumn> columns = new LinkedHashSet<>(target.columns());
        target.aggregates().forEach(a -> columns.addAll(a.rows().read()));
        return columns;
    }

    /// The columns of the entity's row that are (part of) the label itself, and so must be kept from models:
    /// the columns of a static target. Empty for a target over windows, whose columns are harmless before the
    /// prediction time.
    public Set<TableColumn> hiddenColumns() {
        return isStatic() ? new LinkedHashSet<>(target.columns()) : Set.of();
    }

    /// The columns that `WHERE` reads outside of windows: those of the entity and of rows it leads to.
    public Set<TableColumn> selectedBy() {
        return where.map(w -> (Set<TableColumn>) new LinkedHashSet<>(w.columns()))
                .orElse(Set.of());
    }

    /// What the target says about single rows of its fact tables.
    public List<RowSignal> rowSignals() {
        return RowSignals.of(names, query.target());
    }

    /// A sentence on the rows that `GIVEN` leaves out, for every result; nothing without `GIVEN`.
    public Optional<String> givenSentence() {
        return query.given()
                .map(
                        g -> "Only rows for which " + Printer.print(g)
                                + " turned out true are trained on and measured; for predictions this is not known and not checked.");
    }

    /// The pairs for which `WHERE` holds, as a query: all columns of `pairs`.
    ///
    /// @param pairs name of a relation with at least `entity` (`_row` of the entity table) and `time`
    ///     TIMESTAMP
    /// @param pairing how the pairs' times are spread, which decides the plan, not the result
    public String selected(String pairs, Pairing pairing) {
        return select(pairs, pairing, "p.*", where.stream().toList(), where);
    }

    /// The pairs for which `WHERE` holds with their labels, as a query: all columns of `pairs`, `label`
    /// (DOUBLE for binary and regression, VARCHAR for multi-class, VARCHAR[] for multi-label; NULL when
    /// missing) and `given` BOOLEAN (never NULL).
    public String labels(String pairs, Pairing pairing) {
        return labelled(pairs, pairing, where);
    }

    /// The same without asking `WHERE`: the label of any entity at any time. For the history of an entity,
    /// shift the times of the pairs back until the window ends by the cut-off.
    public String labelsRegardless(String pairs, Pairing pairing) {
        return labelled(pairs, pairing, Optional.empty());
    }

    private String labelled(String pairs, Pairing pairing, Optional<Clause> where) {
        List<Clause> clauses = new ArrayList<>(List.of(target));
        given.ifPresent(clauses::add);
        where.ifPresent(clauses::add);
        String holds =
                given.map(g -> "coalesce(" + g.value().sql() + ", FALSE)").orElse("TRUE");
        return select(
                pairs, pairing, "p.*, " + targetKind.label() + " AS label, " + holds + " AS given", clauses, where);
    }

    private String select(
            String pairs, Pairing pairing, String columns, List<Clause> clauses, Optional<Clause> filter) {
        List<WindowAggregate> used = clauses.stream()
                .flatMap(c -> c.aggregates().stream())
                .distinct()
                .toList();
        StringBuilder sql = new StringBuilder();
        for (WindowAggregate a : used) {
            sql.append(sql.isEmpty() ? "WITH " : ",\n").append(a.sql(pairs, pairing));
        }
        sql.append("\nSELECT ").append(columns).append(" FROM ").append(pairs).append(" p JOIN ");
        sql.append(Sql.table(entity.name())).append(" e ON e._row = p.entity").append(entityJoins.sql());
        for (WindowAggregate a : used) {
            String alias = a.alias();
            sql.append(" LEFT JOIN ").append(alias).append(" ON ").append(alias).append(".time = p.time AND ");
            sql.append(alias).append(".entity = p.entity");
        }
        filter.ifPresent(f -> sql.append(" WHERE ").append(f.value().sql()));
        return sql.toString().strip();
    }
}
