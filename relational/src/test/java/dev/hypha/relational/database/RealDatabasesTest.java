package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.keys;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.rows;
import static dev.hypha.relational.database.Samples.shared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Known databases of others, with keys known beforehand; skipped, saying so, where they are not on this machine.
class RealDatabasesTest {
    @Test
    void chinooksKeysAreFoundWithoutHelp() throws IOException {
        var folder = shared("rel_chinook");
        Set<String> found = new TreeSet<>();
        try (Database database = open(folder)) {
            for (Table t : database.schema().tables()) {
                // A key of two columns is that of a join table, which has no single key.
                found.add(t.name() + " PRIMARY KEY " + t.primaryKey().orElse("PlaylistId+TrackId"));
                t.foreignKeys()
                        .forEach(f -> found.add(t.name() + "." + f.column() + " -> " + f.table() + "." + f.key()));
            }
            assertThat(keys(database, "PlaylistTrack")).startsWith("- ");
            assertThat(keys(database, "InvoiceLine")).endsWith("; Invoice.InvoiceDate");
            assertThat(
                            rows(
                                    database,
                                    "SELECT count(*) FROM data.InvoiceLine l JOIN data.Invoice i USING (InvoiceId) WHERE l._time = i.InvoiceDate"))
                    .containsExactly("2240");
        }
        List<String> expected = Files.readAllLines(folder.resolve("schema.txt"));
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void formulaOneIsWhatRelBenchHas() {
        var folder = shared("rel_f1");
        try (Database database = open(folder, Samples.repository("bench/tasks/rel-f1.yaml"))) {
            long rows =
                    database.schema().tables().stream().mapToLong(Table::rows).sum();
            int keys = database.schema().tables().stream()
                    .mapToInt(t -> t.foreignKeys().size())
                    .sum();
            assertThat(database.schema().tables()).hasSize(9);
            assertThat(rows).isEqualTo(96_725);
            assertThat(keys).isEqualTo(13);
            assertThat(database.schema().tables()).allMatch(t -> t.primaryKey().isPresent());
            assertThat(visibleIn2010(database)).isEqualTo(74_063);
            assertThat(
                            rows(
                                    database,
                                    "SELECT DISTINCT r._time - q._time FROM data.qualifying q JOIN data.races r USING (raceId)"))
                    .containsExactly("1 day");
            assertThat(rows(database, "SELECT count(*) FROM data.results WHERE _time IS NULL"))
                    .containsExactly("0");
        }
    }

    private static long visibleIn2010(Database database) {
        return database.schema().tables().stream()
                .mapToLong(t -> Long.parseLong(rows(
                                database,
                                "SELECT count(*) FROM " + Sql.table(t.name())
                                        + (t.time().isPresent() ? " WHERE _time <= TIMESTAMP '2010-01-01'" : ""))
                        .getFirst()))
                .sum();
    }

    @Test
    void formulaOneIsNearlySoWithoutHelp() {
        try (Database database = open(shared("rel_f1"))) {
            assertThat(keys(database, "results"))
                    .isEqualTo("resultId raceId->races driverId->drivers constructorId->constructors statusId->status;"
                            + " races.date + races.time");
            assertThat(keys(database, "races")).isEqualTo("raceId circuitId->circuits; date + time");
            assertThat(keys(database, "drivers")).isEqualTo("driverId; -");
            assertThat(keys(database, "seasons")).isEqualTo("-; -");
        }
    }

    @Test
    void stackExchangesRolesAreUnderstood() {
        try (Database database = open(shared("rel_stackexchange_stats_partial"))) {
            assertThat(keys(database, "posts"))
                    .isEqualTo("Id OwnerUserId->users LastEditorUserId->users; CreationDate");
            assertThat(keys(database, "postLinks")).isEqualTo("Id PostId->posts RelatedPostId->posts; CreationDate");
            assertThat(keys(database, "tags")).isEqualTo("Id ExcerptPostId->posts; -");
        }
    }
}
