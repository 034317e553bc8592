package dev.hypha.graph.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.InputException;
import dev.hypha.graph.Visibility;
import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.importing.ImportRequest.NodeTable;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.StoredGraph;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users with text ids and times rate movies with integer ids: every column, both directions, in any amount
/// of memory.
class TableImportTest {
    @TempDir
    Path folder;

    private record User(String id, Long joined, Long age, String town) {}

    private record Rating(String user, long movie, Double stars, String remark) {}

    private record Tables(List<User> users, List<Rating> ratings) {
        Map<String, User> byId() {
            Map<String, User> map = new HashMap<>();
            users.forEach(user -> map.put(user.id(), user));
            return map;
        }

        List<String> userIds() {
            var ids = new TreeSet<String>(byId().keySet());
            ratings.forEach(rating -> ids.add(rating.user()));
            return List.copyOf(ids);
        }

        long joined(String user) {
            User row = byId().get(user);
            return row == null || row.joined() == null ? Visibility.NEVER : row.joined() * 1_000_000;
        }
    }

    @Test
    void tablesComeBackAsTheyWereInAnyAmountOfMemory() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            Tables tables = tables(random);
            Path roomy = store(tables, seed, "roomy", Imports.MEMORY);
            compare(tables, roomy, "seed " + seed);
            Path tight = store(tables, seed, "tight", 100_000);
            assertThat(contents(tight)).as("seed %d", seed).isEqualTo(contents(roomy));
        }
    }

    @Test
    void nodesThatDoNotFitAreToldWithWhatIsNeeded() throws IOException {
        String rows = "id,joined\n"
                + IntStream.range(0, 5000).mapToObj(i -> i + "," + i + "\n").collect(Collectors.joining());
        Path users = Files.writeString(folder.resolve("users"), rows);
        Path edges = Files.writeString(folder.resolve("edges"), "1,2\n");
        EdgeTable likes = new EdgeTable("likes", "user", "user", List.of(edges), false, false);
        Columns timed = new Columns(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("joined"),
                Map.of(),
                Optional.empty());
        // Of 200,000 bytes, a quarter is for scratch, and 12 bytes per node are needed.
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> Imports.run(
                        Imports.request(out, List.of(new NodeTable("user", users)), List.of(likes), timed, 0, 200_000)))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e).hasMessageContaining("5000 nodes of " + users);
                    assertThat(e.where()).containsEntry("option", "--memory").containsEntry("neededBytes", 40_000L);
                    assertThat(e.hint()).startsWith("Give 13m or more");
                });
        assertThat(Files.exists(out)).isFalse();
        Imported imported = Imports.run(
                Imports.request(out, List.of(new NodeTable("user", users)), List.of(likes), timed, 0, 300_000));
        assertThat(imported.reservedBytes()).isGreaterThan(60_000);
    }

    private static Tables tables(Random random) {
        List<User> users = new ArrayList<>();
        int many = 1 + random.nextInt(3) * random.nextInt(700);
        for (int i = 0; i < many; i++) {
            users.add(new User(
                    "ü" + Integer.toString(i * 7919, 36) + "x".repeat(random.nextInt(30)),
                    random.nextInt(5) == 0 ? null : (long) random.nextInt(-1000, 1000),
                    random.nextInt(5) == 0 ? null : (long) random.nextInt(100),
                    random.nextInt(5) == 0 ? null : "town, \"" + random.nextInt(9) + "\""));
        }
        List<Rating> ratings = new ArrayList<>();
        int count = 1 + random.nextInt(3000);
        for (int i = 0; i < count; i++) {
            ratings.add(new Rating(
                    random.nextInt(50) == 0
                            ? "stranger" + random.nextInt(40)
                            : users.get(random.nextInt(many)).id(),
                    random.nextInt(300) - 20,
                    random.nextInt(9) == 0 ? null : random.nextInt(50) / 10.0,
                    random.nextInt(3) == 0 ? null : "remark " + random.nextInt(2000)));
        }
        return new Tables(users, ratings);
    }

    private Path store(Tables tables, long seed, String name, long memory) throws IOException {
        Path users = write(
                "users" + seed + name,
                "id,joined,age,town",
                tables.users().stream()
                        .map(user -> quoted(user.id()) + "," + text(user.joined()) + "," + text(user.age()) + ","
                                + quoted(user.town())));
        Path ratings = write(
                "ratings" + seed + name,
                "user,movie,stars,remark",
                tables.ratings().stream()
                        .map(rating -> quoted(rating.user()) + "," + rating.movie() + "," + text(rating.stars()) + ","
                                + text(rating.remark())));
        Path out = folder.resolve(name + seed);
        Columns columns = new Columns(
                Optional.empty(),
                Optional.of("user"),
                Optional.of("movie"),
                Optional.empty(),
                Optional.of("joined"),
                Map.of(
                        "age",
                        ColumnType.INT64,
                        "town",
                        ColumnType.TEXT,
                        "stars",
                        ColumnType.FLOAT64,
                        "remark",
                        ColumnType.TEXT),
                Optional.empty());
        EdgeTable rates = new EdgeTable("rates", "user", "movie", List.of(ratings), false, false);
        Imports.run(Imports.request(out, List.of(new NodeTable("user", users)), List.of(rates), columns, 0, memory));
        assertThat(GraphStore.check(out)).isEmpty();
        return out;
    }

    private Path write(String name, String header, Stream<String> rows) throws IOException {
        return Files.writeString(folder.resolve(name), header + "\n" + String.join("\n", rows.toList()) + "\n");
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static String quoted(String value) {
        return value == null ? "" : "\"" + value.replace("\"", "\"\"") + "\"";
    }

    private static void compare(Tables tables, Path out, String message) throws IOException {
        try (StoredGraph stored = GraphStore.open(out)) {
            List<String> ids = tables.userIds().stream()
                    .sorted(Comparator.comparing(String::getBytes, Arrays::compareUnsigned))
                    .toList();
            assertThat(stored.ids(0).count()).isEqualTo(ids.size());
            for (int user = 0; user < ids.size(); user++) {
                assertThat(stored.ids(0).name(user)).as(message).isEqualTo(ids.get(user));
                assertThat(stored.ids(0).find(ids.get(user))).as(message).hasValue(user);
                User row = tables.byId().getOrDefault(ids.get(user), new User("", null, null, null));
                assertThat(stored.graph().time(0, user)).as(message).isEqualTo(tables.joined(ids.get(user)));
                assertThat(stored.nodeColumn(0, "age").orElseThrow().text(user)).isEqualTo(text(row.age()));
                assertThat(stored.nodeColumn(0, "town").orElseThrow().text(user))
                        .isEqualTo(text(row.town()));
            }
            assertThat(edges(stored, 0, false)).as(message).isEqualTo(expected(tables, ids));
            assertThat(edges(stored, 1, true)).as(message).containsExactlyInAnyOrderElementsOf(expected(tables, ids));
        }
    }

    /// Edges as text, by movie, then by when the user joined, then by user, then by row.
    private static List<String> expected(Tables tables, List<String> ids) {
        return tables.ratings().stream()
                .sorted(Comparator.comparingLong(Rating::movie)
                        .thenComparingLong(rating -> tables.joined(rating.user()))
                        .thenComparingInt(rating -> ids.indexOf(rating.user())))
                .map(rating ->
                        rating.movie() + " " + rating.user() + " " + text(rating.stars()) + " " + text(rating.remark()))
                .toList();
    }

    /// @param reversed true to read the columns by way of the positions
    private static List<String> edges(StoredGraph stored, int type, boolean reversed) {
        Adjacency adjacency = stored.graph().neighbors(type);
        Column stars = stored.edgeColumn(0, "stars").orElseThrow();
        Column remark = stored.edgeColumn(0, "remark").orElseThrow();
        List<String> edges = new ArrayList<>();
        for (int target = 0; target < adjacency.targets(); target++) {
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                int movie = reversed ? adjacency.source(i) : target;
                int user = reversed ? target : adjacency.source(i);
                long at = reversed ? stored.positions(type).orElseThrow().getAtIndex(ValueLayout.JAVA_LONG, i) : i;
                edges.add(stored.ids(1).name(movie) + " " + stored.ids(0).name(user) + " " + stars.text(at) + " "
                        + remark.text(at));
            }
        }
        return edges;
    }

    private static Map<String, List<Byte>> contents(Path store) throws IOException {
        Map<String, List<Byte>> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte each : Files.readAllBytes(file)) {
                    bytes.add(each);
                }
                contents.put(file.getFileName().toString(), bytes);
            }
        }
        return contents;
    }

    @Test
    void columnsAreGuessedFromTheirFirstRows() throws IOException {
        Path edges = Files.writeString(
                folder.resolve("e.tsv"),
                "src\tdst\tn\tx\tat\tword\tnothing\n1\t2\t-5\t1.5\t2024-01-01\ta b\t\n2\t1\t\t1e3\t2024-01-01 10:00\t7\t\n");
        Imports.run(Imports.request(folder.resolve("g"), Imports.edges(edges)));
        try (StoredGraph stored = GraphStore.open(folder.resolve("g"))) {
            assertThat(stored.edgeColumns(0))
                    .extracting(column -> column.name() + " " + column.type().word() + " " + column.text(1))
                    .containsExactly(
                            "n int64 -5",
                            "x float64 1.5",
                            "at time 1704067200000000",
                            "word text a b",
                            "nothing text ");
        }
    }

    @Test
    void aWeightIsAFloatAndDuplicatesKeepTheFirst() throws IOException {
        Path edges = Files.writeString(folder.resolve("e.csv"), "1,2,0.5\n1,2,9\n2,1,3\n");
        Columns columns = new Columns(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("3"),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        EdgeTable table = new EdgeTable("edge", "node", "node", List.of(edges), true, true);
        Imported imported = Imports.run(
                Imports.request(folder.resolve("g"), List.of(), List.of(table), columns, 0, Imports.MEMORY));
        // Each of the three rows gives both pairs.
        assertThat(imported.edges()).containsExactly(new Imported.Edges("edge", 3, 2, 0, 4));
        try (StoredGraph stored = GraphStore.open(folder.resolve("g"))) {
            Column weight = stored.edgeColumn(0, "weight").orElseThrow();
            assertThat(weight.type()).isEqualTo(ColumnType.FLOAT32);
            assertThat(weight.number(0, 0)).isEqualTo(0.5);
            assertThat(weight.number(1, 0)).isEqualTo(0.5);
        }
    }

    @Test
    void matrixMarketHasAllItsRowsAndItsSymmetry() throws IOException {
        Path edges = Files.writeString(
                folder.resolve("m.mtx"),
                "%%MatrixMarket matrix coordinate real symmetric\n% a remark\n5 5 3\n2 1 0.5\n3 3 1\n4 2 2.5\n");
        Imports.run(Imports.request(folder.resolve("g"), Imports.edges(edges)));
        try (StoredGraph stored = GraphStore.open(folder.resolve("g"))) {
            assertThat(stored.ids(0).count()).isEqualTo(5);
            assertThat(stored.graph().reverse(0)).hasValue(0);
            assertThat(stored.graph().neighbors(0).edges()).isEqualTo(5);
            assertThat(stored.edgeColumn(0, "value").orElseThrow().number(2, 0)).isEqualTo(2.5);
        }
    }

    @Test
    void twoRowsOfOneNodeAreRefused() throws IOException {
        Path nodes = Files.writeString(folder.resolve("n.csv"), "id,x\n1,5\n2,6\n1,7\n");
        Path edges = Files.writeString(folder.resolve("e.csv"), "1,2\n");
        ImportRequest request = Imports.request(
                folder.resolve("g"),
                List.of(new NodeTable("node", nodes)),
                List.of(Imports.edges(edges)),
                Columns.guessed(),
                0,
                Imports.MEMORY);
        assertThatThrownBy(() -> Imports.run(request))
                .isInstanceOf(InputException.class)
                .hasMessage("rows 1 and 3 of " + nodes + " have the same id");
    }
}
