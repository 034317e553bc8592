package dev.hypha.relational.audit;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A table of which at most one row belongs to each entity: the entity's own, or one linked to it by a key
/// that is unique on both sides. In SQL its alias is `l`, beside `s` for the training rows and `e` for the
/// entity.
///
/// @param join what follows `FROM labels s`
record Linked(Table table, String join) {

    /// The entity's table first.
    static List<Linked> of(AuditTask task) throws SQLException {
        Table entity = task.entity();
        List<Linked> linked = new ArrayList<>();
        linked.add(new Linked(entity, " JOIN " + Sql.table(entity.name()) + " l ON l._row = s.entity"));
        String base = " JOIN " + Sql.table(entity.name()) + " e ON e._row = s.entity LEFT JOIN ";
        for (Table table : task.schema().tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                boolean other = !table.name().equals(key.table());
                if (other && key.table().equals(entity.name()) && unique(task, table, key)) {
                    linked.add(linked(base, table, key.column(), key.key()));
                }
            }
        }
        for (ForeignKey key : entity.foreignKeys()) {
            if (!key.table().equals(entity.name()) && unique(task, entity, key)) {
                linked.add(linked(base, task.schema().table(key.table()), key.key(), key.column()));
            }
        }
        return linked;
    }

    private static Linked linked(String base, Table table, String own, String ofEntity) {
        String visible = table.time().isPresent() ? " AND l._time <= s.cutoff" : "";
        return new Linked(
                table,
                base + Sql.table(table.name()) + " l ON l." + Sql.name(own) + " = e." + Sql.name(ofEntity) + visible);
    }

    private static boolean unique(AuditTask task, Table table, ForeignKey key) throws SQLException {
        String column = Sql.name(key.column());
        return task.sheet()
                        .number("SELECT CAST(count(" + column + ") = count(DISTINCT " + column + ") AS INTEGER) FROM "
                                + Sql.table(table.name()))
                == 1;
    }
}
