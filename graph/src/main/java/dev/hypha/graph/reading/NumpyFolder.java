package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A graph as a folder of numpy arrays, mapped: `indptr` (n + 1 integers) and `indices` (one per edge) are
/// its rows in compressed form, an entry in row u and column v being an edge from u to v. Other arrays with
/// n rows belong to the nodes.
///
/// @param columns of nodes by name: arrays with n rows and one or two dimensions
/// @param others what is wrong with the arrays that are no columns, each in words with its file
public record NumpyFolder(
        Path folder, NumpyArray indptr, NumpyArray indices, Map<String, NumpyArray> columns, List<String> others) {
    private static final String INDPTR = "indptr";
    private static final String INDICES = "indices";
    private static final String SUFFIX = ".npy";

    public NumpyFolder {
        columns = Map.copyOf(columns);
        others = List.copyOf(others);
    }

    /// True if a folder holds such a graph.
    public static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(INDPTR + SUFFIX));
    }

    /// Maps all arrays and verifies that rows do not fall and that every index is a node, which reads both
    /// arrays.
    ///
    /// @throws InputException naming the file and the place that is wrong
    public static NumpyFolder open(Path folder, Arena arena) throws IOException {
        NumpyArray indptr = integers(folder.resolve(INDPTR + SUFFIX), arena);
        NumpyArray indices = integers(folder.resolve(INDICES + SUFFIX), arena);
        long nodes = indptr.length() - 1;
        if (nodes < 0 || nodes > Integer.MAX_VALUE) {
            throw wrong(indptr, "is for " + nodes + " nodes");
        }
        requireRows(indptr, indices.length());
        for (long i = 0; i < indices.length(); i++) {
            if (indices.integer(i) < 0 || indices.integer(i) >= nodes) {
                throw wrong(indices, "names node " + indices.integer(i) + " of " + nodes + " at " + i);
            }
        }
        Map<String, NumpyArray> columns = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (NumpyArray array : arrays(folder, arena)) {
            if (array.rows() == nodes
                    && (array.shape().size() == 1 || array.shape().size() == 2)) {
                columns.put(array.file().getFileName().toString().replaceAll("\\.npy$", ""), array);
            } else {
                others.add(array.file() + " has the shape " + array.shape() + " and is left out: columns of the "
                        + nodes + " nodes have a row for each and one or two dimensions");
            }
        }
        return new NumpyFolder(folder, indptr, indices, columns, others);
    }

    public int nodes() {
        return (int) (indptr.length() - 1);
    }

    public long edges() {
        return indices.length();
    }

    /// True if every edge stands the other way round as often: by a sum over mixed pairs, so but for a chance
    /// of 2^-64.
    public boolean symmetric() {
        long sum = 0;
        for (int u = 0; u < nodes(); u++) {
            for (long i = indptr.integer(u); i < indptr.integer(u + 1L); i++) {
                long v = indices.integer(i);
                sum += mix((long) u << 32 | v) - mix(v << 32 | u);
            }
        }
        return sum == 0;
    }

    private static void requireRows(NumpyArray indptr, long edges) {
        for (long row = 0; row < indptr.length() - 1; row++) {
            if (indptr.integer(row) > indptr.integer(row + 1)) {
                throw wrong(indptr, "falls at " + (row + 1));
            }
        }
        if (indptr.integer(0) != 0 || indptr.integer(indptr.length() - 1) != edges) {
            throw wrong(indptr, "does not go from 0 to the " + edges + " indices");
        }
    }

    /// All but the two that are the graph.
    private static List<NumpyArray> arrays(Path folder, Arena arena) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> !file.endsWith(INDPTR + SUFFIX) && !file.endsWith(INDICES + SUFFIX))
                    .sorted()
                    .toList();
        }
        List<NumpyArray> arrays = new ArrayList<>();
        for (Path file : files) {
            arrays.add(NumpyArray.map(file, arena));
        }
        return arrays;
    }

    private static NumpyArray integers(Path file, Arena arena) throws IOException {
        NumpyArray array = NumpyArray.map(file, arena);
        if (!array.type().integer() || array.shape().size() != 1) {
            throw wrong(array, "is no row of integers");
        }
        return array;
    }

    private static InputException wrong(NumpyArray array, String problem) {
        return new InputException(
                "wrong-array",
                array.file() + " " + problem,
                Map.of("file", array.file().toString()),
                "indptr and indices are those of a square scipy.sparse.csr_array.");
    }

    /// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: the finalizer.
    private static long mix(long pair) {
        long z = pair + 0x9E3779B97F4A7C15L;
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
