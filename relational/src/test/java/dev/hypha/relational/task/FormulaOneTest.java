package dev.hypha.relational.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Query;
import dev.hypha.relational.query.RowSignal;
import dev.hypha.relational.query.StagedTables;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.TableColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The three published tasks on the Formula 1 database have exactly their published sizes.
class FormulaOneTest {
    private static StagedTables tables;
    private static Path root;

    @BeforeAll
    static void stage() {
        root = repository();
        Path folder = Optional.ofNullable(System.getenv("HYPHA_SHARED"))
                .map(Path::of)
                .orElse(root.resolveSibling("shared"))
                .resolve("data/rel_f1");
        assumeTrue(Files.isDirectory(folder), () -> "skipped: no Formula 1 data in " + folder + "; set HYPHA_SHARED");
        tables = new StagedTables();
        String time = "CAST(date AS DATE) + coalesce(CAST(time AS TIME), TIME '00:00')";
        String ofRace = ", (SELECT _time FROM data.races r WHERE r.raceId = x.raceId) AS t FROM ";
        tables.table("drivers", "driverId", Map.of(), null, Map.of(), "SELECT * FROM " + csv(folder, "drivers.csv.gz"));
        tables.table("races", "raceId", Map.of(), time, Map.of(), "SELECT * FROM " + csv(folder, "races.csv.gz"));
        Map<String, String> keys = Map.of("raceId", "races.raceId", "driverId", "drivers.driverId");
        for (String fact : new String[] {"results", "qualifying"}) {
            String offset = fact.equals("results") ? "t" : "t - INTERVAL 1 DAY";
            String select = "SELECT x.*" + ofRace + csv(folder, fact + ".csv.gz") + " x";
            tables.table(fact, fact.equals("results") ? "resultId" : "qualifyId", keys, offset, Map.of(), select);
        }
    }

    @AfterAll
    static void close() {
        if (tables != null) tables.close();
    }

    private static String csv(Path folder, String file) {
        return "read_csv('" + folder.resolve(file) + "', nullstr = '\\N', header = true)";
    }

    /// The folder that holds `bench/tasks`, from wherever the tests run.
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("bench/tasks"))) folder = folder.getParent();
        return folder;
    }

    private static Task task(String file, Protocol protocol) {
        CheckedQuery query = CheckedQuery.of(Query.parse(read(file)), tables.schema());
        TaskOptions options = TaskOptions.of(protocol)
                .withCutoffs(
                        Timestamps.parse("2005-01-01").orElseThrow(),
                        Timestamps.parse("2010-01-01").orElseThrow());
        return Tasks.of(tables.connection(), tables.schema(), query, options, Progress.SILENT);
    }

    private static String read(String file) {
        try {
            return Files.readString(root.resolve("bench/tasks").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSizes(Task task, int train, int validation, int test) {
        assertThat(task.seeds().count(Split.TRAIN)).as("training").isEqualTo(train);
        assertThat(task.seeds().count(Split.VALIDATION)).as("validation").isEqualTo(validation);
        assertThat(task.seeds().count(Split.TEST)).as("test").isEqualTo(test);
    }

    @Test
    void driverDnfHasThePublishedSizes() {
        Task task = task("driver-dnf.pq", Protocol.FROZEN);
        assertSizes(task, 11_411, 566, 702);
        assertThat(task.kind()).isEqualTo(TaskKind.BINARY);
        assertThat(task.query().orElseThrow().rowSignals())
                .containsExactly(new RowSignal("results", "results.statusId <> 1", true, "(f.\"statusId\" <> 1)"));
        assertThat(task.query().orElseThrow().targetColumns()).containsExactly(new TableColumn("results", "statusId"));
    }

    @Test
    void driverTop3HasThePublishedSizes() {
        Task task = task("driver-top3.pq", Protocol.FROZEN);
        assertSizes(task, 1_353, 588, 726);
        assertThat(task.kind()).isEqualTo(TaskKind.BINARY);
        assertThat(task.query().orElseThrow().rowSignals().stream().map(RowSignal::name))
                .containsExactly("qualifying.position <= 3", "qualifying.position");
    }

    @Test
    void driverPositionHasThePublishedSizes() {
        Task task = task("driver-position.pq", Protocol.ROLLING);
        assertSizes(task, 7_453, 499, 760);
        assertThat(task.kind()).isEqualTo(TaskKind.REGRESSION);
    }

    @Test
    void frozenTestRowsSeeNothingAfterTheCutoff() {
        SeedTable seeds = task("driver-dnf.pq", Protocol.FROZEN).seeds();
        long test = Timestamps.parse("2010-01-01").orElseThrow();
        for (int i = 0; i < seeds.size(); i++) {
            long expected = seeds.split()[i] == Split.TEST ? test : seeds.time()[i];
            assertThat(seeds.cutoff()[i]).isEqualTo(expected);
        }
    }
}
