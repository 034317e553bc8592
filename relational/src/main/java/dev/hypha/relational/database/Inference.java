package dev.hypha.relational.database;

import dev.hypha.relational.database.TableProfile.ColumnProfile;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TimeRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the schema of the staged tables: what the user gave in a schema file, else what the source's catalog declares,
/// else what names, types and values say. Remembers which of the three it was.
final class Inference {
    /// Where a key or a time comes from.
    enum Origin {
        GIVEN,
        DECLARED,
        INFERRED
    }

    private final Staging staging;
    private final Warnings warnings;
    private final Overrides given;
    private final Map<String, Source.Declared> declared;
    private final Map<String, TableProfile> profiles = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Map<String, List<Source.Reference>> references = new LinkedHashMap<>();
    private final Map<String, TimeRule> times = new LinkedHashMap<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    /// @param declared what the source's catalog says, by staged table, in the source's order
    Inference(Staging staging, Warnings warnings, Overrides given, Map<String, Source.Declared> declared) {
        this.staging = staging;
        this.warnings = warnings;
        this.given = given;
        this.declared = declared;
    }

    /// @return by `table.key`, `table.time` or `table.column` (a foreign key): where it comes from
    Map<String, Origin> origins() {
        return Map.copyOf(origins);
    }

    Schema schema() {
        declared.keySet().forEach(t -> profiles.put(t, TableProfile.of(staging, t)));
        given.checkColumns(profiles);
        profiles.replaceAll((name, profile) -> retyped(profile));
        profiles.values().forEach(this::findKey);
        ReferenceInference inference = new ReferenceInference(staging, warnings, profiles, keys);
        profiles.values().forEach(p -> findReferences(p, inference));
        findTimes();
        return new Schema(profiles.values().stream().map(this::table).toList());
    }

    private TableProfile retyped(TableProfile table) {
        Retyping retyping = new Retyping(staging);
        boolean changed = false;
        for (var entry : given.types(table.table()).entrySet())
            for (ColumnProfile column : table.columns())
                if (column.name().equalsIgnoreCase(entry.getKey().text()))
                    changed |= retyping.apply(
                            table.table(),
                            column,
                            entry.getValue(),
                            entry.getKey().place());
        return changed ? TableProfile.of(staging, table.table()) : table;
    }

    private void findKey(TableProfile table) {
        String name = table.table();
        List<String> primary = declared.get(name).primaryKey();
        Optional<Overrides.Given> chosen = given.key(table);
        if (chosen.isPresent()) {
            origins.put(name + ".key", Origin.GIVEN);
            chosen.get().value().ifPresent(key -> take(name, key, Origin.GIVEN));
        } else if (!primary.isEmpty()) {
            // A key of several columns identifies no row by one value: the table is a join table.
            if (primary.size() == 1 && table.column(primary.getFirst()).isPresent())
                take(name, primary.getFirst(), Origin.DECLARED);
        } else {
            new KeyInference(List.copyOf(profiles.keySet()))
                    .key(table)
                    .ifPresent(key -> take(name, key, Origin.INFERRED));
        }
    }

    private void take(String table, String key, Origin origin) {
        Checks.unique(staging, table, key);
        keys.put(table, key);
        origins.put(table + ".key", origin);
    }

    private void findReferences(TableProfile table, ReferenceInference inference) {
        List<Source.Reference> found = new ArrayList<>();
        for (ColumnProfile column : table.columns()) {
            String place = table.table() + "." + column.name();
            Optional<Overrides.Given> chosen = given.reference(table.table(), column.name());
            if (chosen.isPresent()) {
                if (chosen.get().value().isPresent()) found.add(givenReference(column, chosen.get()));
                origins.put(place, Origin.GIVEN);
                continue;
            }
            Optional<Source.Reference> catalog =
                    declared.get(table.table()).reference(column.name()).filter(r -> profiles.containsKey(r.table()));
            catalog.or(() -> inference.reference(table.table(), column)).ifPresent(r -> {
                found.add(r);
                origins.put(place, catalog.isPresent() ? Origin.DECLARED : Origin.INFERRED);
            });
        }
        references.put(table.table(), List.copyOf(found));
    }

    private Source.Reference givenReference(ColumnProfile column, Overrides.Given chosen) {
        Source.Reference reference = given.target(column.name(), chosen, profiles, keys);
        TableProfile parent = profiles.get(reference.table());
        String keyType = parent.column(reference.key()).orElseThrow().sqlType();
        if (!keyType.equals(column.sqlType()))
            throw chosen.place()
                    .wrong(
                            "schema-file",
                            column.name() + " is " + column.sqlType() + " but " + parent.table() + "." + reference.key()
                                    + " is " + keyType,
                            "name a key of the same type");
        Checks.unique(staging, reference.table(), reference.key());
        return reference;
    }

    private void findTimes() {
        Map<String, TimeInference.OwnTime> own = new LinkedHashMap<>();
        for (TableProfile table : profiles.values()) {
            Optional<Overrides.Given> chosen = given.time(table.table());
            if (chosen.isPresent()) {
                origins.put(table.table() + ".time", Origin.GIVEN);
                chosen.get().value().map(TimeRule::parse).ifPresent(rule -> {
                    times.put(table.table(), rule);
                    boolean ownColumns =
                            rule.terms().stream().allMatch(t -> t.table().isEmpty());
                    if (ownColumns) own.put(table.table(), new TimeInference.OwnTime(rule, true));
                });
            } else {
                TimeInference.own(table).ifPresent(time -> {
                    own.put(table.table(), time);
                    times.put(table.table(), time.rule());
                    origins.put(table.table() + ".time", Origin.INFERRED);
                });
            }
        }
        for (TableProfile table : profiles.values()) {
            if (times.containsKey(table.table()) || origins.containsKey(table.table() + ".time")) continue;
            TimeInference.inherited(table, references.get(table.table()), own, warnings)
                    .ifPresent(rule -> {
                        times.put(table.table(), rule);
                        origins.put(table.table() + ".time", Origin.INFERRED);
                    });
        }
    }

    private Table table(TableProfile profile) {
        String name = profile.table();
        List<ForeignKey> foreign = new ArrayList<>();
        for (Source.Reference r : references.get(name)) {
            long dangling = Checks.dangling(staging, name, r.column(), r.table(), r.key());
            foreign.add(new ForeignKey(r.column(), r.table(), r.key(), dangling));
        }
        List<Column> columns = profile.columns().stream()
                .map(c -> new Column(c.name(), c.sqlType(), type(profile, c), given.drops(name, c.name())))
                .toList();
        Table table = new Table(
                name,
                columns,
                Optional.ofNullable(keys.get(name)),
                foreign,
                Optional.ofNullable(times.get(name)),
                profile.rows());
        Checks.findings(table, profile).forEach(warnings::add);
        return table;
    }

    private ColumnType type(TableProfile table, ColumnProfile column) {
        Optional<ColumnType> chosen = given.type(table.table(), column.name());
        if (chosen.isPresent()) return chosen.get();
        boolean key = column.name().equals(keys.get(table.table()))
                || references.get(table.table()).stream()
                        .anyMatch(r -> r.column().equals(column.name()));
        return key ? ColumnType.IDENTIFIER : TypeInference.type(table, column);
    }
}
