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
    /// An id and two offsets.
    private static final long NODE_BYTES = 3L * Long.BYTES;

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
        requireNames(edges);
        requireColumns(request, nodes, edges);
        return new ImportPlan(nodes, edges);
    }

    /// What is odd and may be meant so, a sentence each.
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int type = 0; type < nodes.size(); type++) {
            int of = type;
            if (edges.stream().noneMatch(edge -> edge.source() == of || edge.target() == of)) {
                String name = nodes.get(type).name();
                warnings.add("no edge joins nodes of the type " + name + ": name it in --edges " + name
                        + ":NAME:TYPE=FILE, or leave it out of --nodes");
            }
        }
        return warnings;
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

    /// What the store will take at least, in bytes, judged likewise: that many edges between few nodes.
    public long leastStoreBytesAbout() {
        long bytes = 0;
        for (Edges each : edges) {
            long perRow = 2 * Integer.BYTES;
            int columns = each.shapes().getFirst().values().size();
            perRow += columns == 0 ? 0 : (columns + 1L) * Long.BYTES;
            bytes += rowsAbout(each) * perRow;
        }
        for (Nodes each : nodes) {
            bytes += each.table()
                    .map(table -> table.file().rowsAbout()
                            * (NODE_BYTES + (long) table.values().size() * Long.BYTES))
                    .orElse(0L);
        }
        return bytes;
    }

    /// What it will take at most, but for text that is long: each end of an edge may be a node of its own, unless a
    /// matrix says how many there are.
    public long mostStoreBytesAbout() {
        long bytes = leastStoreBytesAbout();
        for (Edges each : edges) {
            for (EdgeShape shape : each.shapes()) {
                MatrixHeader matrix = shape.file().matrix();
                long ends = matrix == null ? 2 * shape.file().rowsAbout() : Math.max(matrix.rows(), matrix.columns());
                bytes += ends * NODE_BYTES;
            }
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

    /// A reversed type has a name too.
    private static void requireNames(List<Edges> edges) {
        Set<String> seen = new LinkedHashSet<>();
        for (Edges edge : edges) {
            boolean fresh = seen.add(edge.name());
            if (!fresh || (!edge.undirected() && !seen.add(edge.name() + EdgeSort.REVERSED))) {
                Path file = edge.shapes().getFirst().file().file();
                throw wrong(file, "is a second table of edges called " + edge.name(), "Call them differently.");
            }
        }
    }

    /// What is said of a column that no file has is a slip.
    private static void requireColumns(ImportRequest request, List<Nodes> nodes, List<Edges> edges) {
        List<TableShape> ofNodes = nodes.stream()
                .flatMap(node -> node.table().stream())
                .map(NodeShape::file)
                .toList();
        List<TableShape> all = new ArrayList<>(ofNodes);
        edges.forEach(edge -> edge.shapes().forEach(shape -> all.add(shape.file())));
        request.columns().types().keySet().forEach(name -> requireColumn("--types", name, all));
        request.columns().time().ifPresent(name -> requireColumn("--time", name, ofNodes));
        request.columns().id().ifPresent(name -> requireColumn("--id", name, ofNodes));
    }

    private static void requireColumn(String option, String name, List<TableShape> files) {
        if (files.isEmpty()) {
            throw new InputException(
                    "unused-option",
                    option + " is for tables of nodes, and there is none",
                    Map.of("option", option),
                    "Name one with --nodes, or leave " + option + " out.");
        }
        if (files.stream().noneMatch(file -> file.find(name).isPresent())) {
            List<String> known = files.stream()
                    .flatMap(file -> file.names().stream())
                    .limit(20)
                    .toList();
            String which = files.size() == 1 ? files.getFirst().file() + " has no" : "no file has a";
            throw new InputException(
                    "unknown-column",
                    which + " column " + name,
                    Map.of("option", option, "column", name),
                    "There are " + String.join(", ", known) + ".");
        }
    }

    private static InputException wrong(Path file, String problem, String hint) {
        return new InputException("bad-table", file + " " + problem, Map.of("file", file.toString()), hint);
    }
}
