package dev.hypha.relational.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table in a schema of a database.
record QualifiedName(String schema, String table) {
    /// @param home the schema whose tables keep their name in any case
    /// @return by staged name: the table's own where no other schema has it too, else `schema_table`
    static Map<String, QualifiedName> staged(List<QualifiedName> all, String home) {
        Map<String, QualifiedName> staged = new LinkedHashMap<>();
        for (QualifiedName name : all) {
            boolean own = name.schema.equals(home)
                    || all.stream()
                                    .filter(n -> n.table.equalsIgnoreCase(name.table))
                                    .count()
                            == 1;
            staged.put(own ? name.table : name.schema + "_" + name.table, name);
        }
        return staged;
    }

    /// @return the staged name of a table among those of `staged`; its own where it is not one of them
    static String stagedName(Map<String, QualifiedName> staged, QualifiedName name) {
        return staged.entrySet().stream()
                .filter(e -> e.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name.table());
    }
}
