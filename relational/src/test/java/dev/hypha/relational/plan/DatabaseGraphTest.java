package dev.hypha.relational.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.Visibility;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseGraphTest {
    @Test
    void edgesAreTheDatabasesOwnJoinInTheOrderOfTime() throws SQLException {
        try (Connection connection = RandomDatabase.open()) {
            for (long seed = 0; seed < 40; seed++) {
                var database = new RandomDatabase(connection, seed);
                var plan = GraphPlan.of(database.schema());
                try (var read = DatabaseGraph.read(database.connection(), plan, Progress.SILENT)) {
                    read.graph().check();
                    for (int i = 0; i < plan.references().size(); i++) {
                        ReferencePlan reference = plan.references().get(i);
                        String message = "seed " + seed + ", " + reference.forward();
                        assertThat(edges(read.graph().neighbors(2 * i)))
                                .as(message)
                                .isEqualTo(database.rows(join(reference, "p", "f")));
                        assertThat(edges(read.graph().neighbors(2 * i + 1)))
                                .as(message)
                                .isEqualTo(database.rows(join(reference, "f", "p")));
                        assertThat(read.dangling(i)).as(message).isEqualTo(database.number(dangling(reference)));
                    }
                }
            }
        }
    }

    @Test
    void nodesAreRowsWithTheirTimes() throws SQLException {
        try (Connection connection = RandomDatabase.open()) {
            for (long seed = 0; seed < 40; seed++) {
                var database = new RandomDatabase(connection, seed);
                var plan = GraphPlan.of(database.schema());
                try (var read = DatabaseGraph.read(database.connection(), plan, Progress.SILENT)) {
                    for (NodePlan node : plan.nodes()) {
                        int type = read.graph().nodeType(node.table());
                        assertThat(read.graph().nodeTypes().get(type).count()).isEqualTo((int) node.rows());
                        String times = "SELECT CASE WHEN isfinite(_time) THEN epoch_us(_time) ELSE "
                                + (node.time().isPresent() ? Visibility.NEVER : "-9223372036854775807 - 1")
                                + " END FROM " + Sql.table(node.table()) + " ORDER BY _row";
                        List<Long> expected = database.rows(times).stream()
                                .map(List::getFirst)
                                .toList();
                        for (int row = 0; row < expected.size(); row++) {
                            assertThat(read.graph().time(type, row)).isEqualTo(expected.get(row));
                        }
                    }
                }
            }
        }
    }

    @Test
    void thePlanIsATextOfOneLineForEachType() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            var plan = GraphPlan.of(people(connection));
            assertThat(plan.toString()).isEqualTo("""
                            node people: 4 rows, no time
                            edge people.boss -> people
                            edge people -> people.boss
                            """);
            try (var read = DatabaseGraph.read(connection, plan, Progress.SILENT)) {
                assertThat(read.graph().edgeTypes().get(0).name()).isEqualTo("people.boss -> people");
                assertThat(read.graph().reverse(0)).hasValue(1);
                // Boss of b and c is a; a has none; d's is nobody here.
                assertThat(edges(read.graph().neighbors(0))).containsExactly(List.of(0L, 1L), List.of(0L, 2L));
                assertThat(edges(read.graph().neighbors(1))).containsExactly(List.of(1L, 0L), List.of(2L, 0L));
                assertThat(read.dangling(0)).isEqualTo(1);
                // The plan counts on every key to lead somewhere: two more edges in both directions.
                assertThat(plan.bytes()).isEqualTo(read.graph().bytes() + 2 * 2 * Integer.BYTES);
                assertThat(plan.peakBytes()).isEqualTo(plan.bytes() + 4 * 8 + 4 * 4 + 2 * 5 * 8);
            }
        }
    }

    @Test
    void refusesAPlanThatDoesNotFit() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            Schema schema = people(connection);
            var elsewhere = new Table(
                    "x", List.of(), Optional.empty(), List.of(new ForeignKey("y", "z", "id", 0)), Optional.empty(), 0);
            assertThatThrownBy(() -> GraphPlan.of(new Schema(List.of(elsewhere))))
                    .hasMessage("no table z in the plan");
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO data.people VALUES ('a', NULL, 4, NULL)");
            }
            assertThatThrownBy(() -> DatabaseGraph.read(connection, GraphPlan.of(schema), Progress.SILENT))
                    .hasMessageContaining("people.boss -> people")
                    .hasMessageContaining("not unique");
        }
    }

    private static Schema people(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA data");
            statement.execute("CREATE TABLE data.people (id VARCHAR, boss VARCHAR, _row INTEGER, _time TIMESTAMP)");
            statement.execute("INSERT INTO data.people VALUES ('a', NULL, 0, NULL), ('b', 'a', 1, NULL),"
                    + " ('c', 'a', 2, NULL), ('d', 'nobody', 3, NULL)");
        }
        var boss = new ForeignKey("boss", "people", "id", 1);
        return new Schema(
                List.of(new Table("people", List.of(), Optional.of("id"), List.of(boss), Optional.empty(), 4)));
    }

    /// Target and source of every edge, target by target.
    private static List<List<Long>> edges(Adjacency adjacency) {
        List<List<Long>> edges = new ArrayList<>();
        for (int target = 0; target < adjacency.targets(); target++) {
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                edges.add(List.of((long) target, (long) adjacency.source(i)));
            }
        }
        return edges;
    }

    private static String join(ReferencePlan reference, String target, String source) {
        String time = "CASE WHEN isfinite(" + source + "._time) THEN " + source + "._time END";
        return "SELECT " + target + "._row, " + source + "._row FROM " + Sql.table(reference.table()) + " f, "
                + Sql.table(reference.key().table()) + " p WHERE f."
                + Sql.name(reference.key().column()) + " = p."
                + Sql.name(reference.key().key()) + " ORDER BY "
                + target + "._row, " + time + " NULLS LAST, " + source + "._row";
    }

    private static String dangling(ReferencePlan reference) {
        String column = Sql.name(reference.key().column());
        return "SELECT count(*) FROM " + Sql.table(reference.table()) + " WHERE " + column + " IS NOT NULL AND "
                + column + " NOT IN (SELECT id FROM "
                + Sql.table(reference.key().table()) + ")";
    }
}
