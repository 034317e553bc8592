package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.graph.importing.GraphImport;
import dev.hypha.graph.importing.ImportRequest;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.importing.Imported;
import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha import FILE...`: from files to a graph on disk.
@Command(
        name = "import",
        description = "Makes a graph store of edge lists: CSV, TSV, SNAP, plain or gzipped.",
        footer = {
            "",
            "Examples:",
            "  hypha import follows.csv.gz --out follows                      each row: source, target",
            "  hypha import friends.txt --undirected --skip-bad 10 --out friends",
            "",
            "What is read and how: docs/graph-store.md."
        })
final class ImportCommand extends Verb {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Edge lists, all of one edge type.")
    private List<Path> files;

    @Option(names = "--undirected", description = "Store each edge both ways.")
    private boolean undirected;

    @Option(names = "--deduplicate", description = "Store edges with the same ends once, the first one's columns.")
    private boolean deduplicate;

    @Option(
            names = "--skip-bad",
            paramLabel = "N",
            description = "Leave out up to N wrong lines (default: 0, the first one stops the import).")
    private long skipBad;

    @Override
    Answer answer(Progress progress) throws IOException {
        Path out = common.out().orElseThrow(() -> MissingOut.of("graph"));
        ImportRequest request = new ImportRequest(
                List.of(),
                List.of(new EdgeTable("edge", "node", "node", files, undirected, deduplicate)),
                out,
                ImportRequest.Columns.guessed(),
                Header.GUESS,
                skipBad,
                Math.min(common.memoryBytes, Runtime.getRuntime().maxMemory() / 2),
                common.threads);
        long start = System.nanoTime();
        Imported imported = GraphImport.run(request, new ImportProgress(progress));
        return answer(imported, out, (System.nanoTime() - start) / 1e9);
    }

    private static Answer answer(Imported imported, Path out, double seconds) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Columns columns = new Columns();
        for (Imported.Nodes nodes : imported.nodes()) {
            json.withArray("nodes").addObject().put("type", nodes.name()).put("count", nodes.count());
            columns.row(nodes.name(), number(nodes.count()), "nodes");
        }
        for (Imported.Edges edges : imported.edges()) {
            json.withArray("edges")
                    .addObject()
                    .put("type", edges.name())
                    .put("rows", edges.rows())
                    .put("count", edges.stored())
                    .put("selfLoops", edges.selfLoops())
                    .put("duplicates", edges.duplicates());
            columns.row(edges.name(), number(edges.stored()), "edges");
            columns.row("", number(edges.selfLoops()), "self-loops");
            columns.row("", number(edges.duplicates()), "duplicates");
        }
        long rows = imported.edges().stream().mapToLong(Imported.Edges::rows).sum();
        json.put("wrongLines", imported.wrongLines())
                .put("rowsPerSecond", Math.round(rows / seconds))
                .put("spilledBytes", imported.spilledBytes())
                .put("out", out.toString());
        columns.row("wrong lines", number(imported.wrongLines()), "left out");
        columns.row("speed", number(Math.round(rows / seconds)), "rows per second");
        return new Answer(json, columns.text() + System.lineSeparator() + "graph: " + out);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
