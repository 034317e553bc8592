package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.ImportRequest;
import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.importing.ImportRequest.NodeTable;
import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.graph.store.ColumnType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// The options of `hypha import` that say which files and columns are what.
final class TableOptions {
    private static final Pattern NODES = Pattern.compile("(?:([^=:/\\\\]+)=)?(.+)");
    private static final Pattern EDGES = Pattern.compile("([^=:]+):([^=:]+):([^=:]+)=(.+)");
    private static final String NODE = "node";
    private static final String EDGE = "edge";

    @Option(
            names = "--nodes",
            paramLabel = "[TYPE=]FILE",
            description = "A table with a row per node of a type (default: node). May be given for each type.")
    private List<String> nodes = List.of();

    @Option(
            names = "--edges",
            paramLabel = "A:NAME:B=FILE",
            description =
                    "A table with a row per edge from a node of type A to one of type B. May be given repeatedly.")
    private List<String> edges = List.of();

    @Option(names = "--undirected", description = "Store each edge both ways, as one type that reverses itself.")
    private boolean undirected;

    @Option(names = "--deduplicate", description = "Store edges with the same ends once, with the first one's columns.")
    private boolean deduplicate;

    @Option(
            names = "--header",
            paramLabel = "WHEN",
            description = "Whether first rows name columns: yes, no or guess (default: guess).")
    private Header header = Header.GUESS;

    @Option(
            names = "--ids",
            paramLabel = "KIND",
            description = "What ids are: integer or text (default: what most first rows hold).")
    private IdKind ids;

    @Option(names = "--id", paramLabel = "COLUMN", description = "The id in tables of nodes, by name or number from 1.")
    private String id;

    @Option(names = "--source", paramLabel = "COLUMN", description = "Where edges come from, by name or number.")
    private String source;

    @Option(names = "--target", paramLabel = "COLUMN", description = "Where edges go to, by name or number.")
    private String target;

    @Option(names = "--weight", paramLabel = "COLUMN", description = "Edges' weight, stored as float32 weight.")
    private String weight;

    @Option(names = "--time", paramLabel = "COLUMN", description = "From when on nodes are visible, in their tables.")
    private String time;

    @Option(
            names = "--types",
            paramLabel = "COLUMN=TYPE",
            split = ",",
            description = "Types of columns: int64, float32, float64, time or text (default: what the first rows are).")
    private List<String> types = List.of();

    /// All of their names.
    static final List<String> NAMES = List.of(
            "--nodes",
            "--edges",
            "--undirected",
            "--deduplicate",
            "--header",
            "--ids",
            "--id",
            "--source",
            "--target",
            "--weight",
            "--time",
            "--types");

    /// What ids are.
    enum IdKind {
        INTEGER,
        TEXT
    }

    /// @param files of edges of the type `edge` between nodes of the type `node`
    ImportRequest request(List<Path> files, Path out, long skipBad, long memoryBytes, int threads) {
        List<EdgeTable> edgeTables = new ArrayList<>();
        if (!files.isEmpty()) {
            edgeTables.add(new EdgeTable(EDGE, NODE, NODE, files, undirected, deduplicate));
        }
        edges.forEach(text -> edgeTables.add(edgeTable(text)));
        List<NodeTable> nodeTables = nodes.stream().map(TableOptions::nodeTable).toList();
        return new ImportRequest(nodeTables, edgeTables, out, columns(), header, skipBad, memoryBytes, threads);
    }

    private Columns columns() {
        return new Columns(
                Optional.ofNullable(id),
                Optional.ofNullable(source),
                Optional.ofNullable(target),
                Optional.ofNullable(weight),
                Optional.ofNullable(time),
                columnTypes(),
                Optional.ofNullable(ids).map(kind -> kind == IdKind.TEXT));
    }

    private static NodeTable nodeTable(String text) {
        Matcher matcher = NODES.matcher(text);
        if (!matcher.matches()) {
            throw wrong("--nodes", text, "Write --nodes FILE or --nodes TYPE=FILE.");
        }
        String type = Optional.ofNullable(matcher.group(1)).orElse(NODE);
        return new NodeTable(type, Path.of(matcher.group(2)));
    }

    private EdgeTable edgeTable(String text) {
        Matcher matcher = EDGES.matcher(text);
        if (!matcher.matches()) {
            throw wrong("--edges", text, "Write --edges user:rates:movie=FILE.");
        }
        boolean oneType = matcher.group(1).equals(matcher.group(3));
        return new EdgeTable(
                matcher.group(2),
                matcher.group(1),
                matcher.group(3),
                List.of(Path.of(matcher.group(4))),
                undirected && oneType,
                deduplicate);
    }

    private Map<String, ColumnType> columnTypes() {
        Map<String, ColumnType> found = new LinkedHashMap<>();
        for (String text : types) {
            int equals = text.lastIndexOf('=');
            if (equals < 1) {
                throw wrong("--types", text, "Write --types year=text,score=float32.");
            }
            String column = text.substring(0, equals).strip();
            ColumnType type = type(text, text.substring(equals + 1).strip());
            if (found.put(column, type) != null) {
                throw new InputException(
                        "bad-option",
                        "--types names the column " + column + " twice",
                        Map.of("option", "--types", "column", column),
                        "Give it one type.");
            }
        }
        return found;
    }

    private static ColumnType type(String text, String word) {
        return ColumnType.of(word).orElseThrow(() -> {
            String known =
                    Arrays.stream(ColumnType.values()).map(ColumnType::word).collect(Collectors.joining(", "));
            return wrong("--types", text, "Types are " + known + ".");
        });
    }

    private static InputException wrong(String option, String text, String hint) {
        return new InputException("bad-option", option + " is '" + text + "'", Map.of("option", option), hint);
    }
}
