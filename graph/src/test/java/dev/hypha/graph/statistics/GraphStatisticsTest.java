package dev.hypha.graph.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.ImportRequest.NodeTable;
import dev.hypha.graph.importing.Imports;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.StoredGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random labelled graphs, each number of them by the definition.
class GraphStatisticsTest {
    @TempDir
    Path folder;

    @Test
    void everyNumberIsThatOfItsDefinition() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            int nodes = 2 + random.nextInt(30);
            int count = 1 + random.nextInt(50);
            int[][] edges = new int[count][];
            StringBuilder text = new StringBuilder("source,target\n");
            for (int i = 0; i < count; i++) {
                edges[i] = new int[] {random.nextInt(nodes), random.nextInt(nodes)};
                text.append(edges[i][0]).append(',').append(edges[i][1]).append('\n');
            }
            int[] labels = random.ints(nodes, 0, 3).toArray();
            StringBuilder table = new StringBuilder("id,label\n");
            for (int node = 0; node < nodes; node++) {
                table.append(node).append(',').append(labels[node]).append('\n');
            }
            compare(seed, store(seed, table, text), edges, labels);
        }
    }

    private Path store(long seed, CharSequence nodes, CharSequence edges) throws IOException {
        Path out = folder.resolve("g" + seed);
        Path nodeFile = Files.writeString(folder.resolve("n" + seed), nodes);
        Path edgeFile = Files.writeString(folder.resolve("e" + seed), edges);
        Imports.run(Imports.request(
                out,
                List.of(new NodeTable("node", nodeFile)),
                List.of(Imports.edges(edgeFile)),
                Columns.guessed(),
                0,
                Imports.MEMORY));
        return out;
    }

    private static void compare(long seed, Path out, int[][] edges, int[] labels) throws IOException {
        try (StoredGraph stored = GraphStore.open(out)) {
            var statistics = GraphStatistics.of(stored, type -> stored.nodeColumn(type, "label"));
            assertThat(statistics.edges()).hasSize(1);
            var found = statistics.edges().getFirst();
            String message = "seed " + seed;
            long loops = Arrays.stream(edges).filter(e -> e[0] == e[1]).count();
            assertThat(found.selfLoops()).as(message).isEqualTo(loops);
            Set<List<Integer>> distinct = new HashSet<>();
            Arrays.stream(edges).forEach(e -> distinct.add(List.of(e[0], e[1])));
            assertThat(found.duplicates()).as(message).isEqualTo(edges.length - distinct.size());
            degrees(message, found.in(), edges, 1, labels.length);
            degrees(message, found.out().orElseThrow(), edges, 0, labels.length);
            homophily(message, found.homophily().orElseThrow(), edges, labels);
            components(message, statistics.components(), edges, labels.length);
        }
    }

    private static void degrees(String message, Degrees found, int[][] edges, int end, int nodes) {
        long[] degrees = new long[nodes];
        for (int[] edge : edges) {
            degrees[edge[end]]++;
        }
        Arrays.sort(degrees);
        assertThat(found.min()).as(message).isEqualTo(degrees[0]);
        assertThat(found.max()).as(message).isEqualTo(degrees[nodes - 1]);
        assertThat(found.mean()).as(message).isCloseTo((double) edges.length / nodes, within(1e-9));
        assertThat(found.median()).as(message).isEqualTo(degrees[(nodes + 1) / 2 - 1]);
        assertThat(found.zero())
                .as(message)
                .isEqualTo(Arrays.stream(degrees).filter(degree -> degree == 0).count());
    }

    private static void homophily(String message, Homophily found, int[][] edges, int[] labels) {
        double same = 0;
        double all = 0;
        double[] ends = new double[3];
        for (int[] edge : edges) {
            if (edge[0] != edge[1]) {
                all++;
                same += labels[edge[0]] == labels[edge[1]] ? 1 : 0;
                ends[labels[edge[0]]]++;
                ends[labels[edge[1]]]++;
            }
        }
        double chance = 0;
        for (double each : ends) {
            chance += each * each / (4 * all * all);
        }
        if (all == 0) {
            assertThat(found.edge()).as(message).isNaN();
        } else {
            assertThat(found.edge()).as(message).isCloseTo(same / all, within(1e-12));
            if (chance < 1 - 1e-9) {
                assertThat(found.adjusted()).as(message).isCloseTo((same / all - chance) / (1 - chance), within(1e-9));
            } else {
                assertThat(found.adjusted()).as(message).isNaN();
            }
            same(message, found.node(), nodeHomophily(edges, labels));
            same(message, found.classInsensitive(), classInsensitive(edges, labels));
            same(message, found.informativeness(), informativeness(edges, labels));
        }
    }

    private static void same(String message, double found, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(found).as(message).isNaN();
        } else {
            assertThat(found).as(message).isCloseTo(expected, within(1e-9));
        }
    }

    private static double nodeHomophily(int[][] edges, int[] labels) {
        return IntStream.range(0, labels.length)
                .mapToDouble(node -> Arrays.stream(edges)
                        .filter(e -> e[1] == node && e[0] != node)
                        .mapToInt(e -> labels[e[0]] == labels[node] ? 1 : 0)
                        .average()
                        .orElse(Double.NaN))
                .filter(part -> !Double.isNaN(part))
                .average()
                .orElse(Double.NaN);
    }

    /// Lim et al. 2021, equation 1, over the labels that there are.
    private static double classInsensitive(int[][] edges, int[] labels) {
        double sum = 0;
        int largest = Arrays.stream(labels).max().orElseThrow();
        // The column numbers labels as they come, so that the count is that of those that appear.
        long count = Arrays.stream(labels).distinct().count();
        for (int c = 0; c <= largest; c++) {
            int label = c;
            double part = Arrays.stream(edges)
                    .filter(e -> e[0] != e[1] && labels[e[1]] == label)
                    .mapToInt(e -> labels[e[0]] == label ? 1 : 0)
                    .average()
                    .orElse(0);
            sum += Math.max(
                    0, part - Arrays.stream(labels).filter(l -> l == label).count() / (double) labels.length);
        }
        return count < 2 ? Double.NaN : sum / (count - 1);
    }

    /// Platonov et al. 2023, equation 8, with the probabilities by counting edges both ways.
    private static double informativeness(int[][] edges, int[] labels) {
        double[][] joint = new double[3][3];
        double all = 0;
        for (int[] e : edges) {
            if (e[0] != e[1]) {
                joint[labels[e[0]]][labels[e[1]]]++;
                joint[labels[e[1]]][labels[e[0]]]++;
                all += 2;
            }
        }
        double above = 0;
        double below = 0;
        for (double[] row : joint) {
            double first = Arrays.stream(row).sum() / all;
            below += first > 0 ? first * Math.log(first) : 0;
            for (int j = 0; j < 3; j++) {
                double second = Arrays.stream(joint[j]).sum() / all;
                above += row[j] > 0 ? row[j] / all * Math.log(row[j] / all / (first * second)) : 0;
            }
        }
        return below < 0 ? -above / below : Double.NaN;
    }

    /// Spreads the smallest number of each component until nothing changes.
    private static void components(String message, Components found, int[][] edges, int nodes) {
        int[] smallest = IntStream.range(0, nodes).toArray();
        for (int round = 0; round < nodes; round++) {
            for (int[] edge : edges) {
                int least = Math.min(smallest[edge[0]], smallest[edge[1]]);
                smallest[edge[0]] = least;
                smallest[edge[1]] = least;
            }
        }
        long[] sizes = new long[nodes];
        for (int each : smallest) {
            sizes[each]++;
        }
        assertThat(found)
                .as(message)
                .isEqualTo(new Components(
                        Arrays.stream(sizes).filter(size -> size > 0).count(),
                        Arrays.stream(sizes).max().orElseThrow(),
                        Arrays.stream(sizes).filter(size -> size == 1).count()));
    }
}
