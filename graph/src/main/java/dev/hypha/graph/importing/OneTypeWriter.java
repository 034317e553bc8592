package dev.hypha.graph.importing;

import dev.hypha.graph.importing.EdgeSort.End;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Makes a store of one node type, `node`, whose ids are its numbers, and one edge type, `edge`.
///
///     try (var writer = new OneTypeWriter(out, 3, 1 << 30, 2)) {
///         writer.edge(0, 2);
///         writer.column("label", ColumnType.INT64, 1, file -> file.longs(new long[] {1, 0, 1}, 0, 3));
///         writer.commit(false, ImportListener.SILENT);
///     }
///
/// Closed without [#commit], it leaves no store. For one thread.
public final class OneTypeWriter implements AutoCloseable {
    private final StoreWriter writer;
    private final Scratch scratch;
    private final int threads;
    private final DenseIds ids;
    private final EdgeRows rows;

    /// Begins a store.
    ///
    /// @param memoryBytes bound for edges that are being sorted
    public OneTypeWriter(Path out, int nodes, long memoryBytes, int threads) throws IOException {
        this.writer = StoreWriter.create(out);
        this.scratch = Scratch.within(writer.scratch(), memoryBytes);
        this.threads = threads;
        this.ids = new DenseIds(nodes);
        this.rows = new EdgeRows(List.of(), scratch);
        writer.nodes("node", nodes, false);
        ids.write(writer, 0);
    }

    /// Adds an edge.
    ///
    /// @throws IndexOutOfBoundsException if an end is no node
    public void edge(long source, long target) {
        Objects.checkIndex(source, ids.count());
        Objects.checkIndex(target, ids.count());
        rows.add(source, target);
    }

    /// Writes the values of a column of nodes.
    @FunctionalInterface
    public interface Values {
        void write(DataFileWriter file) throws IOException;
    }

    /// Adds a column of nodes.
    ///
    /// @param type any but text
    /// @param width above 1 for a matrix of float32
    /// @param values writes one row per node, by the method of the type
    public void column(String name, ColumnType type, int width, Values values) throws IOException {
        try (DataFileWriter file = writer.begin(writer.nodeColumn(0, name, type, width), type.kind())) {
            values.write(file);
            writer.end(file);
        }
    }

    /// Sorts the edges and puts the store in its place.
    ///
    /// @param symmetric true where every edge was added both ways, so that the type reverses itself
    public Imported commit(boolean symmetric, ImportListener listener) throws IOException {
        Ways ways = symmetric ? Ways.SYMMETRIC : Ways.DIRECTED;
        EdgeSort sort = new EdgeSort("edge", rows, ways, false, writer, scratch, threads);
        End end = new End(0, ids, Ordering.BY_NUMBER);
        try {
            Imported.Edges edges = sort.write(0, end, end, listener);
            writer.commit();
            List<Imported.Nodes> nodes = List.of(new Imported.Nodes("node", ids.count(), 0));
            return new Imported(
                    nodes, List.of(edges), 0, Scratch.BYTES_BESIDE + scratch.peakBytes(), scratch.spilledBytes());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
        writer.close();
    }
}
