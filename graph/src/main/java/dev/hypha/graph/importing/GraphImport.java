package dev.hypha.graph.importing;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.EdgeSort.End;
import dev.hypha.graph.importing.Ids.Numbering;
import dev.hypha.graph.importing.ImportPlan.Edges;
import dev.hypha.graph.importing.ImportPlan.Nodes;
import dev.hypha.graph.reading.MatrixHeader;
import dev.hypha.graph.reading.WrongLines;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.FileNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Imports files into a store. The store is the same on any number of threads and with any amount of memory.
public final class GraphImport implements AutoCloseable {
    private final ImportRequest request;
    private final ImportPlan plan;
    private final ImportListener listener;
    private final WrongLines wrong;
    private final StoreWriter writer;
    private final Scratch scratch;
    private final TableReading reading;
    /// By index of the node type, as are the other lists of nodes.
    private final List<Ids> ids = new ArrayList<>();
    private final List<NodeRows> nodeRows = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final List<EdgeRows> edgeRows = new ArrayList<>();

    private GraphImport(ImportRequest request, ImportPlan plan, ImportListener listener) throws IOException {
        this.request = request;
        this.plan = plan;
        this.listener = listener;
        this.wrong = new WrongLines(request.skipBad(), listener::warn);
        this.writer = StoreWriter.create(request.out());
        this.scratch = Scratch.within(writer.scratch(), request.memoryBytes());
        this.reading = new TableReading(scratch, request.threads(), wrong, listener);
    }

    /// Imports. A failed or killed import leaves no store.
    ///
    /// @throws InputException for what is wrong with the request or the files
    /// @throws IOException if a file cannot be written
    public static Imported run(ImportRequest request, ImportListener listener) throws IOException {
        ImportPlan plan = ImportPlan.of(request);
        try (GraphImport job = new GraphImport(request, plan, listener)) {
            return job.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Imported run() throws IOException {
        for (Nodes nodes : plan.nodes()) {
            ids.add(
                    nodes.textIds()
                            ? new TextTokens(scratch, request.threads(), false)
                            : new IntegerIds(scratch, request.threads()));
        }
        read();
        List<Imported.Nodes> nodes = writeNodes();
        List<Imported.Edges> edges = writeEdges();
        writer.commit();
        return new Imported(
                nodes, edges, wrong.count(), Scratch.BYTES_BESIDE + scratch.peakBytes(), scratch.spilledBytes());
    }

    private void read() {
        for (int type = 0; type < plan.nodes().size(); type++) {
            Ids of = ids.get(type);
            nodeRows.add(plan.nodes()
                    .get(type)
                    .table()
                    .map(shape -> reading.nodes(shape, of))
                    .orElse(null));
        }
        for (Edges edges : plan.edges()) {
            Ids sources = ids.get(edges.source());
            Ids targets = ids.get(edges.target());
            for (EdgeShape shape : edges.shapes()) {
                if (shape.file().matrix() != null) {
                    listener.stage("nodes of " + shape.file().file().getFileName(), -1);
                    allNodes(shape.file().matrix(), (IntegerIds) sources, (IntegerIds) targets);
                }
            }
            edgeRows.add(reading.edges(edges.shapes(), sources, targets));
        }
    }

    /// A matrix has all of its rows and columns, those without entries too.
    private static void allNodes(MatrixHeader matrix, IntegerIds sources, IntegerIds targets) {
        RisingIds.requireRoom(Math.max(matrix.rows(), matrix.columns()));
        sources.keepRange(1, matrix.rows());
        targets.keepRange(1, matrix.columns());
    }

    private List<Imported.Nodes> writeNodes() throws IOException {
        List<Imported.Nodes> written = new ArrayList<>();
        for (int type = 0; type < ids.size(); type++) {
            Nodes nodes = plan.nodes().get(type);
            listener.stage("writing " + nodes.name(), -1);
            Numbering numbering = ids.get(type).finish(writer, FileNames.ids(type));
            writer.nodes(nodes.name(), numbering.count(), nodes.textIds());
            NodeRows rows = nodeRows.get(type);
            Ordering ordering =
                    rows == null ? Ordering.BY_NUMBER : rows.write(writer, type, numbering, request.threads());
            ends.add(new End(type, numbering, ordering));
            long inTable = rows == null ? 0 : rows.count();
            written.add(new Imported.Nodes(nodes.name(), numbering.count(), numbering.count() - inTable));
        }
        return written;
    }

    private List<Imported.Edges> writeEdges() throws IOException {
        List<Imported.Edges> stored = new ArrayList<>();
        int edgeType = 0;
        for (int i = 0; i < edgeRows.size(); i++) {
            Edges edges = plan.edges().get(i);
            Ways ways = edges.undirected() ? Ways.BOTH : Ways.DIRECTED;
            EdgeSort sort = new EdgeSort(
                    edges.name(), edgeRows.get(i), ways, edges.deduplicate(), writer, scratch, request.threads());
            stored.add(sort.write(edgeType, ends.get(edges.source()), ends.get(edges.target()), listener));
            edgeType += edges.undirected() ? 1 : 2;
            edgeRows.get(i).close();
        }
        return stored;
    }

    @Override
    public void close() throws IOException {
        ends.forEach(end -> end.numbers().close());
        edgeRows.forEach(EdgeRows::close);
        nodeRows.stream().filter(rows -> rows != null).forEach(NodeRows::close);
        ids.forEach(Ids::close);
        writer.close();
    }
}
