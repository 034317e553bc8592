package dev.hypha.relational.query;

import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Finds the way from a table along foreign keys to another: the shortest one, which must be the only one of its
/// length.
final class Ways {
    /// More steps than any schema needs; bounds the search.
    private static final int MAX_STEPS = 6;

    private final Names names;

    Ways(Names names) {
        this.names = names;
    }

    /// The way from an aggregate's fact table to the entity.
    Step[] toEntity(Expr.Aggregate aggregate, Table fact, Table entity) {
        List<List<Step>> ways = shortest(fact, entity, way -> usesAll(way, aggregate.via()));
        if (ways.isEmpty()) throw none(aggregate, fact, entity);
        if (ways.size() > 1) {
            throw ambiguous(
                    aggregate.argument().at(),
                    fact,
                    entity,
                    ways,
                    "choose one by a column that only it uses: " + fact.name() + ".* VIA " + distinctive(ways));
        }
        return ways.getFirst().toArray(Step[]::new);
    }

    /// The way from a row to the row of `target` it belongs to; no step when that is the table itself.
    List<Step> upward(Table from, Table target, int at) {
        if (from.equals(target)) return List.of();
        List<List<Step>> ways = shortest(from, target, way -> true);
        if (ways.isEmpty()) {
            throw names.query()
                    .error(
                            "no-path",
                            at,
                            "no foreign key leads from '" + from.name() + "' to '" + target.name() + "'",
                            "only the table itself and tables its foreign keys lead to can be used here");
        }
        if (ways.size() > 1) {
            throw ambiguous(at, from, target, ways, "write the way out, as in " + dotted(ways.getFirst()) + ".COLUMN");
        }
        return ways.getFirst();
    }

    /// All ways of the smallest length that has any. No table is passed twice, but a way may lead back to where it
    /// began.
    private List<List<Step>> shortest(Table from, Table to, Predicate<List<Step>> accepted) {
        List<List<Step>> layer = List.of(List.of());
        for (int length = 1; length <= MAX_STEPS; length++) {
            layer = layer.stream()
                    .flatMap(way -> longer(from, to, way).stream())
                    .toList();
            List<List<Step>> found = layer.stream()
                    .filter(way -> way.getLast().to().equals(to) && accepted.test(way))
                    .toList();
            if (!found.isEmpty()) return found;
        }
        return List.of();
    }

    private List<List<Step>> longer(Table from, Table to, List<Step> way) {
        Table end = way.isEmpty() ? from : way.getLast().to();
        if (!way.isEmpty() && end.equals(to)) return List.of();
        List<List<Step>> longer = new ArrayList<>();
        for (ForeignKey key : end.foreignKeys()) {
            Step step = names.step(end, key);
            boolean passed = way.stream().anyMatch(s -> s.from().equals(step.to()));
            if (passed && !step.to().equals(to)) continue;
            List<Step> next = new ArrayList<>(way);
            next.add(step);
            longer.add(next);
        }
        return longer;
    }

    private static boolean usesAll(List<Step> way, List<Expr.Column> via) {
        return via.stream().allMatch(column -> way.stream().anyMatch(step -> matches(step, column.path())));
    }

    private static boolean matches(Step step, List<String> path) {
        boolean column = step.key().column().equalsIgnoreCase(path.getLast());
        return column
                && path.size() <= 2
                && (path.size() == 1 || step.from().name().equalsIgnoreCase(path.getFirst()));
    }

    private RuntimeException none(Expr.Aggregate aggregate, Table fact, Table entity) {
        List<List<Step>> others = shortest(fact, entity, way -> true);
        String from = "'" + fact.name() + "' to '" + entity.name() + "'";
        if (!others.isEmpty()) {
            Expr.Column via = aggregate.via().getFirst();
            return names.query()
                    .error(
                            "no-path",
                            via.at(),
                            "no way from " + from + " uses the foreign keys of VIA",
                            "there is " + listed(others));
        }
        return names.query()
                .error(
                        "no-path",
                        aggregate.argument().at(),
                        "no foreign key leads from " + from,
                        "declare the foreign key in the schema file, or count rows of a table that has one");
    }

    private RuntimeException ambiguous(int at, Table from, Table to, List<List<Step>> ways, String hint) {
        String message = "several ways lead from '" + from.name() + "' to '" + to.name() + "': " + listed(ways);
        return names.query().error("ambiguous-path", at, message, hint);
    }

    /// A column of the first way that no other uses, or all of its columns.
    private static String distinctive(List<List<Step>> ways) {
        return ways.getFirst().stream()
                .filter(step -> ways.stream().skip(1).noneMatch(way -> way.contains(step)))
                .findFirst()
                .map(step -> step.from().name() + "." + step.key().column())
                .orElseGet(() -> ways.getFirst().stream()
                        .map(step -> step.from().name() + "." + step.key().column())
                        .collect(Collectors.joining(" AND ")));
    }

    private static String listed(List<List<Step>> ways) {
        return ways.stream().map(Ways::arrows).sorted().collect(Collectors.joining("; "));
    }

    private static String arrows(List<Step> way) {
        return way.stream()
                .map(step -> step.from().name() + "." + step.key().column())
                .collect(Collectors.joining(
                        " -> ", "", " -> " + way.getLast().to().name()));
    }

    private static String dotted(List<Step> way) {
        return way.stream()
                .map(step -> step.key().column())
                .collect(Collectors.joining(".", way.getFirst().from().name() + ".", ""));
    }
}
