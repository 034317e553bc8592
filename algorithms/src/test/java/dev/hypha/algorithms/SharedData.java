package dev.hypha.algorithms;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Real graphs, where they are to be had; tests that want them are skipped elsewhere.
public final class SharedData {
    private final Path folder;

    private SharedData(Path folder) {
        this.folder = folder;
    }

    /// A data set's folder.
    public static SharedData of(String name) {
        Path folder = Optional.ofNullable(System.getenv("HYPHA_SHARED"))
                .map(Path::of)
                .orElse(Path.of("../../shared"))
                .resolve("data")
                .resolve(name);
        assumeTrue(Files.isDirectory(folder), () -> "skipped: no data in " + folder + "; set HYPHA_SHARED");
        return new SharedData(folder);
    }

    /// A class per node, numbered in the order in which they appear.
    public int[] labels() {
        List<String[]> rows = rows("nodes.csv");
        int column = List.of(rows.getFirst()).indexOf("label");
        Map<String, Integer> seen = new HashMap<>();
        return rows.stream()
                .skip(1)
                .mapToInt(row -> seen.computeIfAbsent(row[column], _ -> seen.size()))
                .toArray();
    }

    /// The ends of each line of a file of edges.
    public int[][] edges(String file) {
        return rows(file).stream()
                .skip(1)
                .map(row -> new int[] {Integer.parseInt(row[0]), Integer.parseInt(row[1])})
                .toArray(int[][]::new);
    }

    /// What points to each node, or with `turned`, where each node points.
    public static Neighbors lists(int nodes, int[][] edges, boolean turned) {
        int[] offsets = new int[nodes + 1];
        for (int[] edge : edges) {
            offsets[edge[turned ? 0 : 1] + 1]++;
        }
        for (int i = 0; i < nodes; i++) {
            offsets[i + 1] += offsets[i];
        }
        int[] next = offsets.clone();
        int[] sources = new int[edges.length];
        for (int[] edge : edges) {
            sources[next[edge[turned ? 0 : 1]]++] = edge[turned ? 1 : 0];
        }
        return NeighborLists.of(offsets, sources);
    }

    private List<String[]> rows(String name) {
        Path plain = folder.resolve(name);
        Path file = Files.exists(plain) ? plain : folder.resolve(name + ".gz");
        try (InputStream bytes = Files.newInputStream(file);
                var reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.split(",", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
