package dev.hypha.graph.importing;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.importing.ImportRequest.NodeTable;
import dev.hypha.graph.importing.TableReading.Value;
import dev.hypha.graph.reading.MatrixHeader;
import dev.hypha.graph.reading.ShapeFinder;
import dev.hypha.graph.reading.TableShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an import will read and make, found out from the request and the beginnings of its files.
///
/// @param nodes by index of their node type: first those with tables, then those that edges name
/// @param edges in the order of the request
public record ImportPlan(List<Nodes> nodes, List<Edges> edges) {
    public ImportPlan {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /// A node type.
    record Nodes(String name, boolean textIds, Optional<NodeShape> table) {}

    /// An edge type.
    ///
    /// @param source index of a node type
    /// @param target index of a node type
    record Edges(String name, int source, int target, boolean undirected, boolean deduplicate, List<EdgeShape> shapes) {
        Edges {
            shapes = List.copyOf(shapes);
        }
    }

    /// Looks at all files.
    ///
    /// @throws InputException for what is wrong with the request or with the beginning of a file
    public static ImportPlan of(ImportRequest request) {
        Set<String> types = new LinkedHashSet<>();
        for (NodeTable table : request.nodes()) {
            if (!types.add(table.type())) {
                throw wrong(table.file(), "is a second table of " + table.type(), "Put all nodes of a type into one.");
            }
        }
        for (EdgeTable table : request.edges()) {
            types.add(table.source());
            types.add(table.target());
        }
        List<String> names = List.copyOf(types);
        List<Edges> edges = new ArrayList<>();
        for (EdgeTable table : request.edges()) {
            edges.add(edges(table, names, request));
        }
        List<Nodes> nodes = new ArrayList<>();
        for (String name : names) {
            nodes.add(nodes(name, names.indexOf(name), edges, request));
        }
        requireColumns(request, nodes, edges);
        return new ImportPlan(nodes, edges);
    }

    /// In words, a line per file: what its columns will become.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Nodes node : nodes) {
            node.table()
                    .ifPresent(table -> lines.add(table.file().file().getFileName() + ": " + node.name() + " by "
                            + table.file().names().get(table.id()) + columns(table.values())));
        }
        for (Edges edge : edges) {
            for (EdgeShape shape : edge.shapes()) {
                List<String> columns = shape.file().names();
                lines.add(shape.file().file().getFileName() + ": " + edge.name() + " from "
                        + columns.get(shape.source()) + " to " + columns.get(shape.target())
                        + (nodes.get(edge.source()).textIds() ? ", text ids" : "")
                        + columns(shape.values()));
            }
        }
        return lines;
    }

    /// How many edges there are, judged by the sizes of the files and their first rows.
    public long rowsAbout() {
        return edges.stream().mapToLong(ImportPlan::rowsAbout).sum();
    }

    /// What the store will take, in bytes, judged likewise; without columns of nodes.
    public long storeBytesAbout() {
        long bytes = 0;
        for (Edges each : edges) {
            long perRow = 2 * Integer.BYTES;
            int columns = each.shapes().getFirst().values().size();
            perRow += columns == 0 ? 0 : (columns + 1L) * Long.BYTES;
            bytes += rowsAbout(each) * perRow;
        }
        return bytes;
    }

    /// What is held at once while the largest edge type is imported, in bytes, judged likewise.
    public long scratchBytesAbout() {
        long bytes = 0;
        for (Edges each : edges) {
            int columns = each.shapes().getFirst().values().size();
            // Both ends, columns, and the keys of two sorts, with values where there are columns.
            long perRow = (2L + columns + (columns == 0 ? 2 : 4)) * Long.BYTES;
            bytes = Math.max(bytes, rowsAbout(each) * perRow);
        }
        return bytes;
    }

    private static long rowsAbout(Edges edges) {
        return edges.shapes().stream()
                .mapToLong(shape -> shape.file().rowsAbout())
                .sum();
    }

    private static String columns(List<Value> values) {
        StringBuilder text = new StringBuilder();
        for (Value value : values) {
            text.append(", ")
                    .append(value.name())
                    .append(' ')
                    .append(value.type().word());
        }
        return text.toString();
    }

    private static Edges edges(EdgeTable table, List<String> names, ImportRequest request) {
        List<EdgeShape> shapes = table.files().stream()
                .map(file -> EdgeShape.of(ShapeFinder.find(file, request.header()), request.columns()))
                .toList();
        List<String> first =
                shapes.getFirst().values().stream().map(Value::name).toList();
        boolean undirected = table.undirected();
        for (EdgeShape shape : shapes) {
            Path file = shape.file().file();
            if (!shape.values().stream().map(Value::name).toList().equals(first)) {
                throw wrong(file, "has other columns than the first file of " + table.name(), "Give each the same.");
            }
            MatrixHeader matrix = shape.file().matrix();
            if (matrix != null && !matrix.square() && table.source().equals(table.target())) {
                throw wrong(
                        file,
                        "has other rows than columns, which are nodes of two types",
                        "Name them: --edges row:entry:column=" + file.getFileName());
            }
            undirected |= matrix != null && matrix.symmetric();
        }
        if (undirected && !table.source().equals(table.target())) {
            throw wrong(
                    table.files().getFirst(),
                    "cannot be undirected: it joins " + table.source() + " and " + table.target(),
                    "Leave out --undirected; the edges can be walked both ways in any case.");
        }
        int source = names.indexOf(table.source());
        return new Edges(table.name(), source, names.indexOf(table.target()), undirected, table.deduplicate(), shapes);
    }

    private static Nodes nodes(String name, int type, List<Edges> edges, ImportRequest request) {
        Optional<NodeShape> table = request.nodes().stream()
                .filter(nodes -> nodes.type().equals(name))
                .findFirst()
                .map(nodes -> NodeShape.of(ShapeFinder.find(nodes.file(), request.header()), request.columns()));
        boolean text =
                table.map(shape -> textIds(shape.file(), shape.id(), request)).orElse(false);
        boolean matrix = false;
        for (Edges each : edges) {
            for (EdgeShape shape : each.shapes()) {
                boolean touched = each.source() == type || each.target() == type;
                matrix |= touched && shape.file().matrix() != null;
                text |= each.source() == type && textIds(shape.file(), shape.source(), request);
                text |= each.target() == type && textIds(shape.file(), shape.target(), request);
            }
        }
        return new Nodes(name, text && !matrix, table);
    }

    private static boolean textIds(TableShape file, int column, ImportRequest request) {
        return ColumnChoice.textIds(file, column, request.columns());
    }

    /// A type given for a column that no file has is a slip.
    private static void requireColumns(ImportRequest request, List<Nodes> nodes, List<Edges> edges) {
        List<String> known = new ArrayList<>();
        nodes.forEach(node ->
                node.table().ifPresent(table -> known.addAll(table.file().names())));
        edges.forEach(
                edge -> edge.shapes().forEach(shape -> known.addAll(shape.file().names())));
        List<String> wanted = new ArrayList<>(request.columns().types().keySet());
        request.columns().time().ifPresent(wanted::add);
        for (String name : wanted) {
            boolean number = name.matches("[0-9]+");
            if (!number && known.stream().noneMatch(name::equalsIgnoreCase)) {
                throw new InputException(
                        "unknown-column",
                        "no file has a column " + name,
                        Map.of("column", name),
                        "They have " + String.join(", ", known) + ".");
            }
        }
    }

    private static InputException wrong(Path file, String problem, String hint) {
        return new InputException("bad-table", file + " " + problem, Map.of("file", file.toString()), hint);
    }
}
