package dev.hypha.relational.windows;

import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is computed for an entity: streams of facts, the parents to walk to, and the features of each stream.
///
/// The streams follow the foreign keys: tables that refer to the entity, also by way of one other table; tables that
/// refer to the rows these facts last referred to (only of tables without time: an event's facts all happen with it);
/// and the same facts for everyone.
///
/// @param entityTable the table whose rows are predicted for
/// @param streams own ones first
/// @param parents subject 1, 2, .. in order; subject 0 is the entity
/// @param features in column order, those of a stream together
/// @param seasonMicros end of the target's window after the prediction time
/// @param lengthMicros length of the target's window
record Plan(
        String entityTable,
        List<Stream> streams,
        List<Stream.Parent> parents,
        List<Feature> features,
        long seasonMicros,
        long lengthMicros) {
    private static final int MOST_PARENTS = 3;
    /// Windows longer than this have no season within a year.
    private static final long SEASON_LIMIT = 180L * 86_400_000_000L;

    Plan {
        streams = List.copyOf(streams);
        parents = List.copyOf(parents);
        features = List.copyOf(features);
    }

    /// @param limit the most columns
    static Plan of(Schema schema, Target target, int limit) {
        List<Stream> streams = new ArrayList<>();
        List<Stream.Parent> parents = new ArrayList<>();
        List<List<ForeignKey>> paths = new ArrayList<>();
        List<Table> facts = new ArrayList<>();
        paths(schema, target, facts, paths);
        for (int i = 0; i < facts.size(); i++) {
            streams.add(own(schema, target, facts.get(i), paths.get(i), streams, parents));
        }
        for (int p = 0; p < parents.size(); p++) {
            streams.addAll(ofParent(schema, target, parents.get(p), p + 1));
        }
        for (Table fact : new HashSet<>(facts)
                .stream().sorted(Comparator.comparing(Table::name)).toList()) {
            streams.add(new StreamSql(schema, fact, target.signals())
                    .ownValues(false).stream("every." + fact.name(), Stream.Role.EVERY, 0));
        }
        boolean seasonal = target.lengthMicros() > 0 && target.lengthMicros() <= SEASON_LIMIT;
        List<Feature> features = Features.of(streams, Horizons.of(target.lengthMicros()), seasonal, limit);
        return new Plan(target.entityTable(), streams, parents, features, target.endMicros(), target.lengthMicros());
    }

    /// Facts of the entity with the keys that lead to it, tables with signals first, short paths first.
    private static void paths(Schema schema, Target target, List<Table> facts, List<List<ForeignKey>> paths) {
        record Way(Table fact, List<ForeignKey> path) {}
        List<Way> ways = new ArrayList<>();
        for (Table fact : schema.tables()) {
            for (ForeignKey first : fact.foreignKeys()) {
                if (first.table().equals(target.entityTable())) {
                    ways.add(new Way(fact, List.of(first)));
                } else if (!fact.name().equals(target.entityTable())) {
                    for (ForeignKey second : schema.table(first.table()).foreignKeys()) {
                        if (second.table().equals(target.entityTable())) {
                            ways.add(new Way(fact, List.of(first, second)));
                        }
                    }
                }
            }
        }
        Set<String> signalled = new HashSet<>();
        target.signals().forEach(s -> signalled.add(s.table()));
        ways.sort(Comparator.<Way>comparingInt(w -> signalled.contains(w.fact().name()) ? 0 : 1)
                .thenComparingInt(w -> w.path().size()));
        for (Way way : ways) {
            facts.add(way.fact());
            paths.add(way.path());
        }
    }

    private static Stream own(
            Schema schema,
            Target target,
            Table fact,
            List<ForeignKey> path,
            List<Stream> before,
            List<Stream.Parent> parents) {
        StreamSql sql =
                new StreamSql(schema, fact, target.signals()).groupedBy(path).ownValues(true);
        for (ForeignKey key : fact.foreignKeys()) {
            if (key.equals(path.getFirst()) || key.table().equals(target.entityTable())) {
                continue;
            }
            sql.parentValues(key);
            boolean timed = schema.table(key.table()).time().isPresent();
            boolean known = parents.stream().anyMatch(p -> p.table().equals(key.table()));
            if (!timed) {
                sql.keyValue(key);
            }
            if (!timed && !known && parents.size() < MOST_PARENTS) {
                parents.add(new Stream.Parent(before.size(), sql.parentRow(key), key.table()));
            }
        }
        return sql.stream(name(fact, path, before), Stream.Role.OWN, 0);
    }

    /// The fact table's name, with the columns on the way where that alone would name two streams.
    private static String name(Table fact, List<ForeignKey> path, List<Stream> before) {
        String plain = fact.name();
        boolean taken = before.stream().anyMatch(s -> s.name().equals(plain));
        String way = String.join(".", path.stream().map(ForeignKey::column).toList());
        return taken ? plain + "(" + way + ")" : plain;
    }

    private static List<Stream> ofParent(Schema schema, Target target, Stream.Parent parent, int subject) {
        List<Stream> out = new ArrayList<>();
        for (Table fact : schema.tables()) {
            fact.foreignKeys().stream()
                    .filter(k -> k.table().equals(parent.table()))
                    .findFirst()
                    .ifPresent(key -> out.add(new StreamSql(schema, fact, target.signals())
                            .groupedBy(List.of(key)).ownValues(false).stream(
                                    parent.table() + "." + fact.name(), Stream.Role.PARENT, subject)));
        }
        return out;
    }
}
