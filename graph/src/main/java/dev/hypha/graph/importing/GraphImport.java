package dev.hypha.graph.importing;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.EdgeSort.End;
import dev.hypha.graph.importing.Ids.Numbering;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.reading.ShapeFinder;
import dev.hypha.graph.reading.WrongLines;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.store.StoreWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Imports files into a store. The store is the same on any number of threads and with any amount of memory.
public final class GraphImport implements AutoCloseable {
    private final ImportRequest request;
    private final ImportListener listener;
    private final WrongLines wrong;
    private final StoreWriter writer;
    private final Scratch scratch;
    /// By name, in the order of the node types.
    private final Map<String, Ids> ids = new LinkedHashMap<>();
    private final List<EdgeRows> edges = new ArrayList<>();

    private GraphImport(ImportRequest request, ImportListener listener) throws IOException {
        this.request = request;
        this.listener = listener;
        this.wrong = new WrongLines(request.skipBad(), listener::warn);
        this.writer = StoreWriter.create(request.out());
        this.scratch = new Scratch(writer.scratch(), request.memoryBytes());
    }

    /// Imports. A failed or killed import leaves no store.
    ///
    /// @throws InputException for what is wrong with the request or the files
    /// @throws IOException if a file cannot be written
    public static Imported run(ImportRequest request, ImportListener listener) throws IOException {
        try (GraphImport job = new GraphImport(request, listener)) {
            return job.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Imported run() throws IOException {
        readEdges();
        List<Imported.Nodes> nodes = new ArrayList<>();
        Map<String, Numbering> numberings = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Ids> type : ids.entrySet()) {
                listener.stage("numbering " + type.getKey(), -1);
                Numbering numbering = type.getValue().finish(writer, nodes.size());
                numberings.put(type.getKey(), numbering);
                writer.nodes(type.getKey(), numbering.count(), false);
                nodes.add(new Imported.Nodes(type.getKey(), numbering.count()));
            }
            List<Imported.Edges> stored = writeEdges(List.copyOf(numberings.keySet()), numberings);
            writer.commit();
            return new Imported(nodes, stored, wrong.count(), scratch.spilledBytes());
        } finally {
            numberings.values().forEach(Numbering::close);
        }
    }

    private void readEdges() {
        for (EdgeTable table : request.edges()) {
            List<EdgeShape> shapes = table.files().stream()
                    .map(file -> EdgeShape.of(ShapeFinder.find(file, request.header()), request.columns()))
                    .toList();
            Ids sources = ids(table.source());
            Ids targets = ids(table.target());
            EdgeRows rows = new EdgeRows(table, shapes, scratch, request.threads());
            edges.add(rows);
            rows.read(sources, targets, wrong, listener);
        }
    }

    private Ids ids(String type) {
        return ids.computeIfAbsent(type, name -> new IntegerIds(scratch, request.threads()));
    }

    private List<Imported.Edges> writeEdges(List<String> types, Map<String, Numbering> numberings) throws IOException {
        List<Imported.Edges> stored = new ArrayList<>();
        int edgeType = 0;
        for (EdgeRows rows : edges) {
            End source = end(rows.table().source(), types, numberings);
            End target = end(rows.table().target(), types, numberings);
            EdgeSort sort = new EdgeSort(rows, writer, scratch, request.threads());
            stored.add(sort.write(edgeType, source, target, listener));
            edgeType += rows.table().undirected() ? 1 : 2;
            rows.close();
        }
        return stored;
    }

    private static End end(String type, List<String> types, Map<String, Numbering> numberings) {
        return new End(types.indexOf(type), numberings.get(type), Ordering.BY_NUMBER);
    }

    @Override
    public void close() throws IOException {
        edges.forEach(EdgeRows::close);
        ids.values().forEach(Ids::close);
        writer.close();
    }
}
