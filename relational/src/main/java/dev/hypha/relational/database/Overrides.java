package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.relational.database.TableProfile.ColumnProfile;
import dev.hypha.relational.schema.ColumnType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A schema file held against the tables that are there: names resolved (in any case), unknown ones refused. What it
/// gives goes before all that is declared or inferred.
final class Overrides {
    private final Set<String> leftOut = new HashSet<>();
    private final Map<String, SchemaFile.TableEntry> tables = new LinkedHashMap<>();

    /// @param known all tables of the source
    /// @throws InputException kind `unknown-table`, with the place in the file and the nearest name
    Overrides(SchemaFile file, List<String> known) {
        for (Yaml.Scalar name : file.leaveOut()) leftOut.add(resolve("table", name, known));
        file.tables().forEach((name, entry) -> tables.put(resolve("table", name, known), entry));
    }

    /// A value the file gives.
    ///
    /// @param value absent where it says `none`
    /// @param place where it says so
    record Given(Optional<String> value, Yaml.Place place) {}

    boolean leavesOut(String table) {
        return leftOut.contains(table);
    }

    /// Whether the file has an entry for the table.
    boolean names(String table) {
        return tables.containsKey(table);
    }

    /// @throws InputException kind `unknown-column`, with the place in the file and the nearest name
    void checkColumns(Map<String, TableProfile> profiles) {
        tables.forEach((table, entry) -> {
            if (leftOut.contains(table)) return;
            List<Yaml.Scalar> named = new ArrayList<>(entry.drop());
            named.addAll(entry.foreignKeys().keySet());
            named.addAll(entry.types().keySet());
            entry.key().stream().filter(k -> !SchemaFile.none(k)).forEach(named::add);
            named.forEach(column -> column(column, profiles.get(table)));
        });
    }

    Optional<Given> key(TableProfile table) {
        return entry(table.table())
                .flatMap(e -> e.key().stream().findFirst())
                .map(key -> SchemaFile.none(key)
                        ? new Given(Optional.empty(), key.place())
                        : new Given(Optional.of(column(key, table)), key.place()));
    }

    Optional<Given> time(String table) {
        return entry(table).flatMap(e -> e.time().stream().findFirst()).map(Overrides::given);
    }

    Optional<Given> reference(String table, String column) {
        return entry(table).flatMap(e -> named(e.foreignKeys(), column)).map(Overrides::given);
    }

    boolean drops(String table, String column) {
        return entry(table).stream()
                .flatMap(e -> e.drop().stream())
                .anyMatch(d -> d.text().equalsIgnoreCase(column));
    }

    Optional<ColumnType> type(String table, String column) {
        return entry(table).flatMap(e -> named(e.types(), column));
    }

    /// @return the places of the types the file gives for a table's columns
    Map<Yaml.Scalar, ColumnType> types(String table) {
        return entry(table).map(SchemaFile.TableEntry::types).orElse(Map.of());
    }

    /// @param target `races` or `races.raceId` as the file gives it for a foreign key
    /// @param keys the primary key by table
    Source.Reference target(String column, Given target, Map<String, TableProfile> profiles, Map<String, String> keys) {
        String text = target.value().orElseThrow();
        int dot = profiles.containsKey(text) ? -1 : text.indexOf('.');
        Yaml.Scalar named = new Yaml.Scalar(dot < 0 ? text : text.substring(0, dot), target.place());
        TableProfile parent = profiles.get(resolve("table", named, profiles.keySet()));
        if (dot >= 0)
            return new Source.Reference(
                    column, parent.table(), column(new Yaml.Scalar(text.substring(dot + 1), target.place()), parent));
        String key = keys.get(parent.table());
        if (key == null)
            throw target.place()
                    .wrong(
                            "schema-file",
                            "the table " + parent.table() + " has no key to refer to",
                            "give its key, or write " + parent.table() + ".COLUMN");
        return new Source.Reference(column, parent.table(), key);
    }

    private static Given given(Yaml.Scalar value) {
        return new Given(SchemaFile.none(value) ? Optional.empty() : Optional.of(value.text()), value.place());
    }

    private Optional<SchemaFile.TableEntry> entry(String table) {
        return Optional.ofNullable(tables.get(table));
    }

    private static <T> Optional<T> named(Map<Yaml.Scalar, T> values, String column) {
        return values.entrySet().stream()
                .filter(e -> e.getKey().text().equalsIgnoreCase(column))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String column(Yaml.Scalar name, TableProfile table) {
        return resolve(
                "column",
                name,
                table.columns().stream().map(ColumnProfile::name).toList());
    }

    private static String resolve(String what, Yaml.Scalar name, Collection<String> known) {
        if (known.contains(name.text())) return name.text();
        return known.stream()
                .filter(k -> k.equalsIgnoreCase(name.text()))
                .findFirst()
                .orElseThrow(() -> name.place()
                        .wrong(
                                "unknown-" + what,
                                "there is no " + what + " " + name.text(),
                                Nearest.hint(name.text(), known)));
    }
}
