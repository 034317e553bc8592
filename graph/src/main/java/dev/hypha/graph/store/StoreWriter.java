package dev.hypha.graph.store;

import dev.hypha.graph.InputException;
import dev.hypha.graph.store.v1.DataFile;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileEntry;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import dev.hypha.graph.store.v1.Metadata;
import dev.hypha.graph.store.v1.Metadata.ColumnEntry;
import dev.hypha.graph.store.v1.Metadata.EdgeEntry;
import dev.hypha.graph.store.v1.Metadata.NodeEntry;
import dev.hypha.graph.store.v1.MetadataText;
import dev.hypha.graph.store.v1.PartialFolder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Makes a store: files are written into `NAME.partial`, which takes its place in one rename at [#commit].
/// Closed before that, or killed, it leaves no store.
///
/// Node types come before the edge types between them. The caller answers for what it writes: rising ids,
/// offsets and sources as [dev.hypha.graph.GraphArrays] wants them. For one thread, but for the files it has
/// begun.
public final class StoreWriter implements AutoCloseable {
    private final PartialFolder folder;
    private final List<NodeEntry> nodes = new ArrayList<>();
    private final List<EdgeEntry> edges = new ArrayList<>();
    private final List<FileEntry> files = new ArrayList<>();

    private StoreWriter(PartialFolder folder) {
        this.folder = folder;
    }

    /// Begins a store.
    ///
    /// @throws InputException if there is something at its place already, or it cannot be written there
    public static StoreWriter create(Path folder) {
        return new StoreWriter(PartialFolder.create(folder));
    }

    /// Adds a node type; its ids are written to [FileNames#ids] or, for texts, to that file's index and text.
    ///
    /// @return its index
    public int nodes(String name, int count, boolean textIds) {
        requireNew(name, nodes.stream().map(NodeEntry::name).toList());
        nodes.add(new NodeEntry(name, count, textIds, false, List.of()));
        return nodes.size() - 1;
    }

    /// Says that a node type has times, which are written to [FileNames#times].
    public void timed(int nodeType) {
        NodeEntry old = nodes.get(nodeType);
        nodes.set(nodeType, new NodeEntry(old.name(), old.count(), old.textIds(), true, old.columns()));
    }

    /// Adds a column to a node type.
    ///
    /// @return the file that its values are written to; words of text to that file's index and text
    public String nodeColumn(int nodeType, String name, ColumnType type, int width) {
        NodeEntry old = nodes.get(nodeType);
        List<ColumnEntry> columns = with(old.columns(), new ColumnEntry(name, type, width));
        nodes.set(nodeType, new NodeEntry(old.name(), old.count(), old.textIds(), old.timed(), columns));
        return FileNames.column(FileNames.nodes(nodeType), columns.size() - 1);
    }

    /// Adds an edge type; offsets and sources are written to [FileNames#offsets] and [FileNames#sources].
    ///
    /// @param reverse as in [dev.hypha.graph.GraphArrays#edges]
    /// @param positions true where [FileNames#positions] is written
    /// @return its index
    public int edges(String name, int source, int target, long count, int reverse, boolean positions) {
        requireNew(name, edges.stream().map(EdgeEntry::name).toList());
        edges.add(new EdgeEntry(name, source, target, count, reverse, positions, List.of()));
        return edges.size() - 1;
    }

    /// Adds a column to an edge type.
    ///
    /// @return as for [#nodeColumn]
    public String edgeColumn(int edgeType, String name, ColumnType type, int width) {
        EdgeEntry old = edges.get(edgeType);
        List<ColumnEntry> columns = with(old.columns(), new ColumnEntry(name, type, width));
        edges.set(
                edgeType,
                new EdgeEntry(
                        old.name(), old.source(), old.target(), old.count(), old.reverse(), old.positions(), columns));
        return FileNames.column(FileNames.edges(edgeType), columns.size() - 1);
    }

    /// Begins a file of the store; whoever began it gives it back to [#end], and closes it in any case.
    public DataFileWriter begin(String name, Kind kind) throws IOException {
        return new DataFileWriter(folder.partial(), name, kind);
    }

    /// Completes a file.
    ///
    /// @return what [#map] takes to read it back
    public FileEntry end(DataFileWriter file) throws IOException {
        FileEntry entry = file.finish();
        synchronized (files) {
            files.add(entry);
        }
        file.close();
        return entry;
    }

    /// Maps a completed file of the store in the making.
    public MemorySegment map(FileEntry file, Arena arena) throws IOException {
        return DataFile.open(folder.partial(), file, arena).payload();
    }

    /// Where scratch files may lie until the store is closed.
    public Path scratch() throws IOException {
        return Files.createDirectories(folder.partial().resolve("scratch"));
    }

    /// Writes the metadata and puts the store in its place. Nothing may be written afterwards.
    public void commit() throws IOException {
        files.sort(Comparator.comparing(FileEntry::name));
        Metadata metadata = new Metadata(nodes, edges, files);
        folder.removeFolder("scratch");
        Files.write(folder.partial().resolve(Metadata.FILE), MetadataText.write(metadata));
        folder.commit();
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }

    private static List<ColumnEntry> with(List<ColumnEntry> columns, ColumnEntry more) {
        requireNew(more.name(), columns.stream().map(ColumnEntry::name).toList());
        List<ColumnEntry> all = new ArrayList<>(columns);
        all.add(more);
        return all;
    }

    private static void requireNew(String name, List<String> names) {
        if (names.contains(name)) {
            throw new InputException(
                    "second-name", "there are two called " + name, Map.of("name", name), "Rename one of them.");
        }
    }
}
