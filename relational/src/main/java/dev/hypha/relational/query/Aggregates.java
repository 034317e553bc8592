package dev.hypha.relational.query;

import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The aggregates of a query. Each distinct one gets an alias and is computed once, however often it is written.
final class Aggregates {
    private final Names names;
    private final Table entity;
    private final Map<String, WindowAggregate> byText = new LinkedHashMap<>();

    Aggregates(Names names, Table entity) {
        this.names = names;
        this.entity = entity;
    }

    List<WindowAggregate> all() {
        return new ArrayList<>(byText.values());
    }

    WindowAggregate of(Expr.Aggregate aggregate) {
        String text = Printer.print(aggregate);
        WindowAggregate known = byText.get(text);
        if (known != null) return known;
        WindowAggregate made = resolve(aggregate, "a" + byText.size());
        byText.put(text, made);
        return made;
    }

    /// The aggregate's value for an entity and a time, where its alias is joined.
    Typed value(Expr.Aggregate aggregate) {
        WindowAggregate made = of(aggregate);
        String value = made.alias() + ".value";
        return switch (aggregate.function()) {
            case COUNT, COUNT_DISTINCT, SUM -> new Typed("coalesce(" + value + ", 0)", ValueType.NUMBER);
            case EXISTS -> new Typed("coalesce(" + value + ", FALSE)", ValueType.BOOLEAN);
            case AVG -> new Typed(value, ValueType.NUMBER);
            case MIN, MAX -> new Typed(value, made.argument().type());
            case FIRST, LAST ->
                new Typed(value, made.argument().type(), made.argument().column());
            case LIST_DISTINCT ->
                new Typed(
                        "coalesce(" + value + ", [])",
                        ValueType.LIST,
                        made.argument().column());
        };
    }

    private WindowAggregate resolve(Expr.Aggregate aggregate, String alias) {
        Expr.Column argument = aggregate.argument();
        Table fact = names.table(argument.path().getFirst(), argument.at());
        RowScope rows = new RowScope(names, fact, new Joins("f", "f", Optional.empty()));
        Typed value = aggregate.isStar() ? new Typed("1", ValueType.NUMBER) : rows.column(argument);
        check(aggregate, value);
        if (fact.time().isEmpty()) {
            throw names.query()
                    .error(
                            "no-time",
                            argument.at(),
                            "table '" + fact.name() + "' has no time, so it has no rows in a window",
                            "give it a time in the schema file, or use a table that has one");
        }
        List<Step> way = List.of(new Ways(names).toEntity(aggregate, fact, entity));
        Optional<String> filter = aggregate
                .filter()
                .map(condition -> new ExpressionSql(names.query(), rows).condition(condition, "WHERE"));
        return new WindowAggregate(
                aggregate, alias, fact, rows, value, filter, rows.joins().alias(way));
    }

    private void check(Expr.Aggregate aggregate, Typed value) {
        String function = aggregate.function().name();
        boolean fits = switch (aggregate.function()) {
            case COUNT, EXISTS -> true;
            case COUNT_DISTINCT -> !aggregate.isStar();
            case SUM, AVG -> isQuantity(value) && !aggregate.isStar();
            case MIN, MAX ->
                !aggregate.isStar() && (value.type() == ValueType.NUMBER || value.type() == ValueType.TIME);
            case FIRST, LAST -> !aggregate.isStar() && value.type() != ValueType.OTHER;
            case LIST_DISTINCT ->
                !aggregate.isStar() && value.type() != ValueType.OTHER && value.type() != ValueType.TIME;
        };
        if (fits) return;
        int at = aggregate.argument().at();
        if (aggregate.isStar()) {
            throw names.query()
                    .error(
                            "type",
                            at,
                            function + " needs a column, not *",
                            "write " + function + "(table.column, ...)");
        }
        String what = function + " cannot be taken of a column that is "
                + value.type().words();
        throw names.query().error("type", at, what, "COUNT_DISTINCT, FIRST and LAST can be taken of text");
    }

    private static boolean isQuantity(Typed value) {
        return value.type() == ValueType.NUMBER || value.type() == ValueType.BOOLEAN;
    }
}
