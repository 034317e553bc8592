package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.Cutoffs;
import dev.hypha.relational.schema.TimeRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a schema file says, before it is held against a database. The file:
///
///     leave-out: [pit_stops, seasons]      # tables that take no part
///     validation-from: 2005-01-01          # where validation and test begin, unless a command says otherwise
///     test-from: 2010-01-01
///     tables:
///       results:
///         key: resultId                    # or none
///         foreign-keys:
///           raceId: races                  # or races.raceId, or none
///         time: races.date + races.time    # or none
///         drop: [positionText, time]       # columns no model sees
///         types:
///           statusId: categorical
///
/// It decides what it names; everything else is declared or inferred as without it.
///
/// @param tables by name, in the file's order
record SchemaFile(List<Yaml.Scalar> leaveOut, Cutoffs cutoffs, Map<Yaml.Scalar, TableEntry> tables) {
    static final SchemaFile EMPTY = new SchemaFile(List.of(), Cutoffs.NONE, Map.of());

    /// What the file says of one table. The maps are by column.
    ///
    /// @param key one value, `none` allowed, or no value where the file does not say; so is `time`
    record TableEntry(
            List<Yaml.Scalar> key,
            Map<Yaml.Scalar, Yaml.Scalar> foreignKeys,
            List<Yaml.Scalar> time,
            List<Yaml.Scalar> drop,
            Map<Yaml.Scalar, ColumnType> types) {}

    /// @throws InputException kinds `schema-file`, `time-rule`, `unreadable-file`, with the place in the file
    static SchemaFile read(Path file) {
        Map<String, Yaml> fields =
                fields(Yaml.read(file), List.of("leave-out", "validation-from", "test-from", "tables"));
        List<Yaml.Scalar> leaveOut = fields.containsKey("leave-out") ? scalars(fields.get("leave-out")) : List.of();
        Map<Yaml.Scalar, TableEntry> tables =
                fields.containsKey("tables") ? mapped(fields.get("tables"), SchemaFile::table) : Map.of();
        Cutoffs cutoffs = new Cutoffs(time(fields, "validation-from"), time(fields, "test-from"));
        return new SchemaFile(leaveOut, cutoffs, tables);
    }

    private static Optional<String> time(Map<String, Yaml> fields, String name) {
        Optional<Yaml.Scalar> given = one(fields, name).stream().findFirst();
        given.filter(g -> Timestamps.parse(g.text()).isEmpty()).ifPresent(g -> {
            throw g.place().wrong("schema-file", g.text() + " is no time", "write it as 2010-01-31");
        });
        return given.map(Yaml.Scalar::text);
    }

    private static TableEntry table(Yaml yaml) {
        Map<String, Yaml> fields = fields(yaml, List.of("key", "foreign-keys", "time", "drop", "types"));
        List<Yaml.Scalar> time = one(fields, "time");
        time.forEach(SchemaFile::checkTime);
        return new TableEntry(
                one(fields, "key"),
                fields.containsKey("foreign-keys") ? mapped(fields.get("foreign-keys"), SchemaFile::scalar) : Map.of(),
                time,
                fields.containsKey("drop") ? scalars(fields.get("drop")) : List.of(),
                fields.containsKey("types") ? mapped(fields.get("types"), SchemaFile::type) : Map.of());
    }

    static boolean none(Yaml.Scalar value) {
        return value.text().equalsIgnoreCase("none");
    }

    private static void checkTime(Yaml.Scalar time) {
        if (none(time)) return;
        try {
            TimeRule.parse(time.text());
        } catch (InputException e) {
            throw time.place().wrong(e.kind(), e.getMessage(), e.hint());
        }
    }

    private static ColumnType type(Yaml yaml) {
        Yaml.Scalar scalar = scalar(yaml);
        for (ColumnType type : ColumnType.values()) if (type.name().equalsIgnoreCase(scalar.text())) return type;
        List<String> names = Arrays.stream(ColumnType.values())
                .map(t -> t.name().toLowerCase(Locale.ROOT))
                .toList();
        throw scalar.place()
                .wrong("schema-file", scalar.text() + " is no column type", Nearest.hint(scalar.text(), names));
    }

    private static Map<String, Yaml> fields(Yaml yaml, List<String> known) {
        Map<String, Yaml> fields = new LinkedHashMap<>();
        mapped(yaml, Function.identity()).forEach((name, value) -> {
            if (!known.contains(name.text()))
                throw name.place()
                        .wrong(
                                "schema-file",
                                name.text() + " is no entry of a schema file here",
                                Nearest.hint(name.text(), known));
            fields.put(name.text(), value);
        });
        return fields;
    }

    private static <T> Map<Yaml.Scalar, T> mapped(Yaml yaml, Function<Yaml, T> each) {
        if (yaml instanceof Yaml.Scalar empty && empty.text().isEmpty()) return Map.of();
        if (!(yaml instanceof Yaml.Mapping mapping))
            throw yaml.place().wrong("schema-file", "names with values are expected here", "write `name: value` lines");
        Map<Yaml.Scalar, T> all = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> all.put(key, each.apply(value)));
        return all;
    }

    private static List<Yaml.Scalar> scalars(Yaml yaml) {
        if (!(yaml instanceof Yaml.Sequence sequence)) return List.of(scalar(yaml));
        List<Yaml.Scalar> all = new ArrayList<>();
        sequence.items().forEach(item -> all.add(scalar(item)));
        return List.copyOf(all);
    }

    private static List<Yaml.Scalar> one(Map<String, Yaml> fields, String name) {
        return fields.containsKey(name) ? List.of(scalar(fields.get(name))) : List.of();
    }

    private static Yaml.Scalar scalar(Yaml yaml) {
        if (yaml instanceof Yaml.Scalar scalar && !scalar.text().isEmpty()) return scalar;
        throw yaml.place().wrong("schema-file", "one value is expected here", "write one name, or none");
    }
}
