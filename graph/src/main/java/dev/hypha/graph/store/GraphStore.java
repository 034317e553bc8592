package dev.hypha.graph.store;

import dev.hypha.graph.CorruptGraphException;
import dev.hypha.graph.Graph;
import dev.hypha.graph.GraphArrays;
import dev.hypha.graph.InputException;
import dev.hypha.graph.store.v1.DamagedFile;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import dev.hypha.graph.store.v1.Metadata;
import dev.hypha.graph.store.v1.Metadata.ColumnEntry;
import dev.hypha.graph.store.v1.Metadata.EdgeEntry;
import dev.hypha.graph.store.v1.Metadata.NodeEntry;
import dev.hypha.graph.store.v1.StoreFolder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens and checks graphs on disk. For the bytes see `dev.hypha.graph.store.v1`.
public final class GraphStore {
    /// The file in a store that names all others with their checksums.
    public static final String METADATA = Metadata.FILE;

    private GraphStore() {}

    /// True if a folder looks like a store, whole or not.
    public static boolean isStore(Path folder) {
        return Files.isRegularFile(folder.resolve(Metadata.FILE));
    }

    /// Opens a graph by mapping it: metadata and headers are verified, nothing else is read.
    ///
    /// @throws InputException if there is no store, or it is damaged (`corrupt-store`, with file, expected
    ///     and found)
    /// @throws IOException if it cannot be read
    public static StoredGraph open(Path folder) throws IOException {
        requireStore(folder);
        Arena arena = Arena.ofShared();
        try {
            return opened(StoreFolder.open(folder, arena), arena);
        } catch (DamagedFile e) {
            arena.close();
            throw e.asInput();
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// Reads every byte of a store: checksums first, then, if these agree, whether the graph contradicts
    /// itself.
    ///
    /// @return what is wrong, each with its file; empty for a sound store
    public static List<Finding> check(Path folder) throws IOException {
        requireStore(folder);
        List<DamagedFile> damages = StoreFolder.damages(folder);
        if (!damages.isEmpty()) {
            return damages.stream().map(GraphStore::finding).toList();
        }
        try (Arena arena = Arena.ofShared()) {
            opened(StoreFolder.open(folder, arena), arena).check();
            return List.of();
        } catch (DamagedFile e) {
            return List.of(finding(e));
        } catch (CorruptGraphException e) {
            return List.of(new Finding(folder.toString(), e.getMessage(), "", ""));
        }
    }

    /// Something wrong with a store.
    ///
    /// @param problem in words
    /// @param expected checksum, length or the like; may be empty
    /// @param found empty where `expected` is
    public record Finding(String file, String problem, String expected, String found) {}

    private static Finding finding(DamagedFile damage) {
        return new Finding(damage.file(), damage.problem(), damage.expected(), damage.found());
    }

    private static void requireStore(Path folder) {
        if (!isStore(folder)) {
            throw new InputException(
                    "no-store",
                    folder + " is no graph store",
                    Map.of("path", folder.toString()),
                    "Make one with hypha import or hypha generate.");
        }
    }

    private static StoredGraph opened(StoreFolder folder, Arena arena) {
        Metadata metadata = folder.metadata();
        try {
            List<NodeIds> ids = new ArrayList<>();
            List<List<Column>> nodeColumns = new ArrayList<>();
            for (int type = 0; type < metadata.nodes().size(); type++) {
                NodeEntry nodes = metadata.nodes().get(type);
                ids.add(ids(folder, type, nodes));
                nodeColumns.add(columns(folder, FileNames.nodes(type), nodes.columns(), nodes.count()));
            }
            List<List<Column>> edgeColumns = new ArrayList<>();
            List<Optional<MemorySegment>> positions = new ArrayList<>();
            for (int type = 0; type < metadata.edges().size(); type++) {
                EdgeEntry edges = metadata.edges().get(type);
                edgeColumns.add(columns(folder, FileNames.edges(type), edges.columns(), edges.count()));
                positions.add(positions(folder, type, edges));
            }
            Graph graph = graph(folder, arena);
            return new StoredGraph(folder.path(), arena, graph, ids, nodeColumns, edgeColumns, positions);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // The sums agree, so this was written by something other than a StoreWriter.
            throw DamagedFile.contradiction(folder.path().resolve(Metadata.FILE), e.getMessage());
        }
    }

    private static Graph graph(StoreFolder folder, Arena arena) {
        GraphArrays arrays = new GraphArrays();
        Metadata metadata = folder.metadata();
        for (int type = 0; type < metadata.nodes().size(); type++) {
            NodeEntry nodes = metadata.nodes().get(type);
            if (nodes.timed()) {
                String file = FileNames.times(type);
                arrays.nodes(nodes.name(), nodes.count(), folder.payload(file, Kind.TIMES, nodes.count()));
            } else {
                arrays.nodes(nodes.name(), nodes.count());
            }
        }
        for (int type = 0; type < metadata.edges().size(); type++) {
            EdgeEntry edges = metadata.edges().get(type);
            requireReverse(folder, type);
            int targets = metadata.nodes().get(edges.target()).count();
            MemorySegment offsets = folder.payload(FileNames.offsets(type), Kind.OFFSETS, targets + 1L);
            MemorySegment sources = folder.payload(FileNames.sources(type), Kind.SOURCES, edges.count());
            arrays.edges(edges.name(), edges.source(), edges.target(), offsets, sources, edges.reverse());
        }
        return arrays.build(arena);
    }

    /// The reverse of an edge type must have that type as its own reverse, between the same node types.
    private static void requireReverse(StoreFolder folder, int type) {
        List<EdgeEntry> all = folder.metadata().edges();
        EdgeEntry edges = all.get(type);
        if (edges.reverse() == -1) {
            return;
        }
        EdgeEntry other = all.get(edges.reverse());
        if (other.reverse() != type || other.source() != edges.target() || other.target() != edges.source()) {
            throw new IllegalArgumentException(edges.name() + " is not the reverse of " + other.name());
        }
    }

    private static NodeIds ids(StoreFolder folder, int type, NodeEntry nodes) {
        String file = FileNames.ids(type);
        return nodes.textIds()
                ? new NodeIds.Texts(texts(folder, file, nodes.count()))
                : new NodeIds.Integers(folder.payload(file, Kind.IDS, nodes.count()));
    }

    private static TextTable texts(StoreFolder folder, String of, long count) {
        MemorySegment index = folder.payload(FileNames.textIndex(of), Kind.TEXT_INDEX, count + 1);
        return new TextTable(index, folder.payload(FileNames.text(of), Kind.TEXT));
    }

    private static Optional<MemorySegment> positions(StoreFolder folder, int type, EdgeEntry edges) {
        return edges.positions()
                ? Optional.of(folder.payload(FileNames.positions(type), Kind.POSITIONS, edges.count()))
                : Optional.empty();
    }

    private static List<Column> columns(StoreFolder folder, String owner, List<ColumnEntry> entries, long rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            ColumnEntry entry = entries.get(i);
            String file = FileNames.column(owner, i);
            MemorySegment values = folder.payload(file, entry.type().kind(), rows * entry.width());
            columns.add(new Column(entry.name(), entry.type(), entry.width(), values, words(folder, file, entry)));
        }
        return columns;
    }

    private static TextTable words(StoreFolder folder, String file, ColumnEntry entry) {
        if (entry.type() != ColumnType.TEXT) {
            return new TextTable(MemorySegment.NULL, MemorySegment.NULL);
        }
        long bytes = folder.payload(FileNames.textIndex(file), Kind.TEXT_INDEX).byteSize();
        return texts(folder, file, bytes / Long.BYTES - 1);
    }
}
