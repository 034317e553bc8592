package dev.hypha.relational.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.sampling.Pick;
import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.graph.sampling.TemporalSampler;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No row later than its cut-off ever reaches a batch: random databases, with plain SQL as the judge.
class NoLeakTest {
    private static final int DATABASES = 48;

    private static Connection connection;

    @BeforeAll
    static void open() throws SQLException {
        connection = RandomDatabase.open();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /// Which instant is the last that a prediction at `time` may see, as SQL.
    enum Protocol {
        ROLLING("time"),
        FROZEN("least(time, TIMESTAMP '2020-01-04 00:00:00')");

        private final String cutoff;

        Protocol(String cutoff) {
            this.cutoff = cutoff;
        }
    }

    /// A random database with its graph, and a table `seeds` of predictions for the rows of its first table.
    private static final class World implements AutoCloseable {
        private final RandomDatabase database;
        private final GraphPlan plan;
        private final DatabaseGraph read;

        World(Connection connection, long seed, Protocol protocol) throws SQLException {
            database = new RandomDatabase(connection, seed);
            plan = GraphPlan.of(database.schema());
            read = DatabaseGraph.read(database.connection(), plan, Progress.SILENT);
            database.run("CREATE OR REPLACE TABLE asked (seed INTEGER, entity INTEGER, time TIMESTAMP)");
            var random = new Random(seed);
            int rows = (int) plan.nodes().getFirst().rows();
            List<String> asked = new ArrayList<>();
            for (int i = 0; rows > 0 && i < 12; i++) {
                String time = RandomDatabase.day(random.nextInt(7), random);
                asked.add("(%d, %d, %s)".formatted(i, random.nextInt(rows), time));
            }
            if (rows > 0) {
                database.run("INSERT INTO asked VALUES " + String.join(", ", asked));
            }
            database.run("CREATE OR REPLACE TABLE seeds AS SELECT *, " + protocol.cutoff + " AS cutoff FROM asked");
            database.run("CREATE OR REPLACE TABLE batch (seed INTEGER, tab INTEGER, row INTEGER)");
            database.run("CREATE OR REPLACE TABLE visible AS " + visible());
            database.run("CREATE OR REPLACE TABLE links AS " + links());
        }

        /// Samples the seeds and puts what the batch holds into the table `batch`.
        ///
        /// @param lateness added to the cut-offs, in microseconds: 0 except to plant a leak
        void sample(int[] fanouts, Pick pick, long lateness) throws SQLException {
            List<List<Long>> seeds = database.rows("SELECT entity, epoch_us(cutoff) FROM seeds ORDER BY seed");
            int[] entities =
                    seeds.stream().mapToInt(row -> row.get(0).intValue()).toArray();
            long[] cutoffs =
                    seeds.stream().mapToLong(row -> row.get(1) + lateness).toArray();
            Subgraph batch = new TemporalSampler(fanouts, pick).sample(read.graph(), 0, entities, cutoffs, 5);
            List<String> values = new ArrayList<>();
            for (int type = 0; type < plan.nodes().size(); type++) {
                for (int i = 0; i < batch.nodes(type).length; i++) {
                    if (batch.nodes(type)[i] != Subgraph.UNSEEN) {
                        values.add("(%d, %d, %d)".formatted(batch.seedOf(type)[i], type, batch.nodes(type)[i]));
                    }
                }
            }
            database.run("DELETE FROM batch");
            if (!values.isEmpty()) {
                database.run("INSERT INTO batch VALUES " + String.join(", ", values));
            }
        }

        /// Rows of the batch that came after their seed's cut-off, or nobody knows when.
        long leaks() throws SQLException {
            long leaks = 0;
            for (int type = 0; type < plan.nodes().size(); type++) {
                if (plan.nodes().get(type).time().isPresent()) {
                    leaks += database.number("SELECT count(*) FROM batch JOIN seeds USING (seed) JOIN "
                            + Sql.table(plan.nodes().get(type).table()) + " t ON t._row = batch.row WHERE tab = " + type
                            + " AND NOT coalesce(isfinite(t._time) AND t._time <= cutoff, false)");
                }
            }
            return leaks;
        }

        /// Makes the table `reached`: what SQL says can be seen within that many hops.
        void reach(int hops) throws SQLException {
            database.run("CREATE OR REPLACE TABLE reached AS SELECT seed, 0 AS tab, entity AS row FROM seeds"
                    + " JOIN visible v ON v.tab = 0 AND v.row = entity WHERE v.time <= cutoff");
            for (int hop = 0; hop < hops; hop++) {
                database.run("CREATE OR REPLACE TABLE reached AS FROM reached UNION SELECT r.seed, l.tab, l.row"
                        + " FROM reached r JOIN seeds USING (seed)"
                        + " JOIN links l ON l.from_tab = r.tab AND l.from_row = r.row"
                        + " JOIN visible v ON v.tab = l.tab AND v.row = l.row WHERE v.time <= cutoff");
            }
        }

        /// All rows with the instant from which they are visible.
        private String visible() {
            List<String> rows = new ArrayList<>();
            for (int type = 0; type < plan.nodes().size(); type++) {
                NodePlan node = plan.nodes().get(type);
                String time = node.time().isEmpty()
                        ? "TIMESTAMP '-infinity'"
                        : "CASE WHEN isfinite(_time) THEN _time ELSE TIMESTAMP 'infinity' END";
                rows.add("SELECT " + type + " AS tab, _row AS row, " + time + " AS time FROM "
                        + Sql.table(node.table()));
            }
            return String.join(" UNION ALL ", rows);
        }

        /// All pairs of rows that a foreign key joins, both ways.
        private String links() {
            List<String> links =
                    new ArrayList<>(List.of("SELECT -1 AS from_tab, -1 AS from_row, -1 AS tab, -1 AS row"));
            for (ReferencePlan reference : plan.references()) {
                int referring = plan.nodeType(reference.table());
                int referred = plan.nodeType(reference.key().table());
                String join = " FROM " + Sql.table(reference.table()) + " f JOIN "
                        + Sql.table(reference.key().table()) + " p ON f."
                        + Sql.name(reference.key().column()) + " = p.id";
                links.add("SELECT " + referring + ", f._row, " + referred + ", p._row" + join);
                links.add("SELECT " + referred + ", p._row, " + referring + ", f._row" + join);
            }
            return String.join(" UNION ALL ", links);
        }

        /// Rows that are in one of batch and `reached` only.
        long differences() throws SQLException {
            return database.number("SELECT count(*) FROM ((FROM batch EXCEPT ALL FROM reached)"
                    + " UNION ALL (FROM reached EXCEPT ALL FROM batch))");
        }

        /// Rows of the batch that SQL does not reach.
        long unreachable() throws SQLException {
            return database.number("SELECT count(*) FROM (FROM batch EXCEPT ALL FROM reached)");
        }

        @Override
        public void close() {
            read.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void withoutLimitABatchIsExactlyWhatSqlReaches(Protocol protocol) throws SQLException {
        for (long seed = 0; seed < DATABASES; seed++) {
            try (var world = new World(connection, seed, protocol)) {
                int hops = (int) (seed % 4);
                int[] all = new int[hops];
                Arrays.fill(all, -1);
                world.sample(all, Pick.LAST, 0);
                world.reach(hops);
                assertThat(world.leaks())
                        .as("leaks, seed %d, %d hops", seed, hops)
                        .isZero();
                assertThat(world.differences())
                        .as("seed %d, %d hops", seed, hops)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void withLimitsABatchHoldsNothingLaterAndNothingOutOfReach(Protocol protocol) throws SQLException {
        for (long seed = 0; seed < DATABASES; seed++) {
            try (var world = new World(connection, seed, protocol)) {
                world.reach(2);
                Pick pick = seed % 2 == 0 ? Pick.LAST : Pick.UNIFORM;
                world.sample(new int[] {2, 1}, pick, 0);
                assertThat(world.leaks()).as("leaks, seed %d, %s", seed, pick).isZero();
                assertThat(world.unreachable()).as("seed %d, %s", seed, pick).isZero();
            }
        }
    }

    @Test
    void theJudgeSeesALeakOfAMicrosecond() throws SQLException {
        int caught = 0;
        for (long seed = 0; seed < DATABASES; seed++) {
            try (var world = new World(connection, seed, Protocol.ROLLING)) {
                world.sample(new int[] {-1, -1}, Pick.LAST, 1);
                caught += world.leaks() > 0 ? 1 : 0;
            }
        }
        assertThat(caught).isGreaterThan(DATABASES / 10);
    }
}
