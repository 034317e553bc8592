package dev.hypha.graph.importing;

import dev.hypha.graph.reading.NumpyArray;
import dev.hypha.graph.reading.NumpyFolder;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.v1.DataFileWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.TreeMap;

/// Imports a graph that is a folder of numpy arrays. Integers become int64, a symmetric graph one that is
/// undirected.
public final class NumpyImport {
    private static final int BUFFER = 1 << 13;

    private NumpyImport() {}

    /// Imports. A failed or killed import leaves no store.
    ///
    /// @param memoryBytes bound for edges that are being sorted
    /// @throws dev.hypha.graph.InputException for what is wrong with the arrays
    public static Imported run(Path folder, Path out, long memoryBytes, int threads, ImportListener listener)
            throws IOException {
        try (Arena arena = Arena.ofShared()) {
            listener.stage("reading " + folder, -1);
            NumpyFolder arrays = NumpyFolder.open(folder, arena);
            arrays.others().forEach(listener::warn);
            try (OneTypeWriter writer = new OneTypeWriter(out, arrays.nodes(), memoryBytes, threads)) {
                for (var column : new TreeMap<>(arrays.columns()).entrySet()) {
                    column(writer, column.getKey(), column.getValue());
                }
                for (int u = 0; u < arrays.nodes(); u++) {
                    long end = arrays.indptr().integer(u + 1L);
                    for (long i = arrays.indptr().integer(u); i < end; i++) {
                        writer.edge(u, arrays.indices().integer(i));
                    }
                }
                return writer.commit(arrays.symmetric(), listener);
            }
        }
    }

    /// What an import of a folder takes, in bytes.
    ///
    /// @param scratchBytes for edges before and while they are sorted, in memory or in files
    public record Needs(long edges, long storeBytes, long scratchBytes) {}

    /// By the lengths of the arrays, which are verified as [#run] does.
    public static Needs needs(Path folder) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            NumpyFolder arrays = NumpyFolder.open(folder, arena);
            int ways = arrays.symmetric() ? 1 : 2;
            long bytes = arrays.nodes() * (1L + ways) * Long.BYTES + arrays.edges() * ways * Integer.BYTES;
            for (NumpyArray column : arrays.columns().values()) {
                boolean whole = column.type().integer() && column.width() <= 1;
                bytes += column.length() * (whole ? Long.BYTES : Float.BYTES);
            }
            return new Needs(arrays.edges(), bytes, arrays.edges() * (2L + ways) * Long.BYTES);
        }
    }

    private static void column(OneTypeWriter writer, String name, NumpyArray array) throws IOException {
        int width = Math.toIntExact(Math.max(1, array.width()));
        if (array.type().integer() && width == 1) {
            writer.column(name, ColumnType.INT64, 1, file -> integers(array, file));
        } else {
            writer.column(name, ColumnType.FLOAT32, width, file -> floats(array, file));
        }
    }

    private static void integers(NumpyArray array, DataFileWriter file) throws IOException {
        long[] buffer = new long[BUFFER];
        for (long from = 0; from < array.length(); from += BUFFER) {
            int count = (int) Math.min(BUFFER, array.length() - from);
            for (int i = 0; i < count; i++) {
                buffer[i] = array.integer(from + i);
            }
            file.longs(buffer, 0, count);
        }
    }

    private static void floats(NumpyArray array, DataFileWriter file) throws IOException {
        float[] buffer = new float[BUFFER];
        for (long from = 0; from < array.length(); from += BUFFER) {
            int count = (int) Math.min(BUFFER, array.length() - from);
            for (int i = 0; i < count; i++) {
                buffer[i] = (float) array.number(from + i);
            }
            file.floats(buffer, 0, count);
        }
    }
}
