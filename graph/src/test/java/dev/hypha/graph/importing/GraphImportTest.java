package dev.hypha.graph.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.NodeIds;
import dev.hypha.graph.store.StoredGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphImportTest {
    @TempDir
    Path folder;

    /// An edge with ids as they stand outside.
    private record Edge(long source, long target) {
        private Edge turned() {
            return new Edge(/* source= */ target, /* target= */ source);
        }
    }

    @Test
    void anyEdgeListComesBackAsItWas() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            List<Edge> edges = edges(random);
            boolean undirected = random.nextBoolean();
            boolean deduplicate = random.nextBoolean();
            Path file = write(edges, random, seed);
            Path out = folder.resolve("store" + seed);
            long memory = random.nextInt(3) == 0 ? 1 : Imports.MEMORY;
            Imports.run(Imports.request(
                    out,
                    List.of(),
                    List.of(new EdgeTable("edge", "node", "node", List.of(file), undirected, deduplicate)),
                    Columns.guessed(),
                    0,
                    memory));
            assertThat(GraphStore.check(out)).as("seed %d", seed).isEmpty();
            try (StoredGraph stored = GraphStore.open(out)) {
                List<Edge> expected = expected(edges, undirected, deduplicate);
                assertThat(found(stored, 0)).as("seed %d", seed).isEqualTo(expected);
                int reverse = stored.graph().reverse(0).orElseThrow();
                assertThat(found(stored, reverse))
                        .as("seed %d reversed", seed)
                        .containsExactlyInAnyOrderElementsOf(
                                expected.stream().map(Edge::turned).toList());
                assertThat(reverse == 0).isEqualTo(undirected);
            }
        }
    }

    private static List<Edge> edges(Random random) {
        LongUnaryOperator id = switch (random.nextInt(4)) {
            case 0 -> i -> i;
            case 1 -> i -> i * 1_000_003L - 50_000_000L;
            case 2 -> i -> i % 2 == 0 ? Long.MIN_VALUE + i : Long.MAX_VALUE - i;
            default -> i -> i * 0x9E3779B97F4A7C15L;
        };
        int nodes = 1 + random.nextInt(200);
        int count = random.nextInt(20) == 0 ? 1 : 1 + random.nextInt(2000);
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            edges.add(new Edge(id.applyAsLong(random.nextInt(nodes)), id.applyAsLong(random.nextInt(nodes))));
        }
        return edges;
    }

    private Path write(List<Edge> edges, Random random, long seed) throws IOException {
        String delimiter = List.of(",", "\t", " ", ";", "   ").get(random.nextInt(5));
        String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "# from to\n" : "");
        for (Edge edge : edges) {
            text.append(edge.source()).append(delimiter).append(edge.target()).append(lineEnd);
            text.append(random.nextInt(100) == 0 ? lineEnd : "");
        }
        if (random.nextBoolean()) {
            text.setLength(text.length() - lineEnd.length());
        }
        return Files.writeString(folder.resolve("edges" + seed), text);
    }

    /// Edges by target, then source, as a store lists them.
    private static List<Edge> expected(List<Edge> edges, boolean undirected, boolean deduplicate) {
        List<Edge> all = new ArrayList<>(edges);
        if (undirected) {
            edges.stream().filter(edge -> edge.source() != edge.target()).forEach(edge -> all.add(edge.turned()));
        }
        Stream<Edge> kept = deduplicate ? new HashSet<>(all).stream() : all.stream();
        return kept.sorted(Comparator.comparingLong(Edge::target).thenComparingLong(Edge::source))
                .toList();
    }

    private static List<Edge> found(StoredGraph stored, int type) {
        Adjacency adjacency = stored.graph().neighbors(type);
        var ids = (NodeIds.Integers) stored.ids(0);
        List<Edge> found = new ArrayList<>();
        for (int target = 0; target < adjacency.targets(); target++) {
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                found.add(new Edge(ids.id(adjacency.source(i)), ids.id(target)));
            }
        }
        return found;
    }

    @Test
    void idsAreFoundBothWays() throws IOException {
        Path file = Files.writeString(folder.resolve("e.csv"), "5,-3\n9223372036854775807,-9223372036854775808\n0,5\n");
        Imports.run(Imports.request(folder.resolve("g"), Imports.edges(file)));
        try (StoredGraph stored = GraphStore.open(folder.resolve("g"))) {
            var ids = (NodeIds.Integers) stored.ids(0);
            var expected = new TreeSet<>(List.of(5L, -3L, Long.MAX_VALUE, Long.MIN_VALUE, 0L));
            int number = 0;
            for (long id : expected) {
                assertThat(ids.find(id)).hasValue(number);
                assertThat(ids.name(number)).isEqualTo(Long.toString(id));
                assertThat(ids.find(Long.toString(id))).hasValue(number);
                number++;
            }
            assertThat(ids.find(4)).isEmpty();
            assertThat(ids.find("five")).isEmpty();
        }
    }

    @Test
    void aFailedImportLeavesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("e.csv"), "1,2\n3,x\n");
        ImportRequest request = Imports.request(folder.resolve("g"), Imports.edges(file));
        assertThatThrownBy(() -> Imports.run(request))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ":2: 'x' is no integer");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }
}
