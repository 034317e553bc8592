package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.GraphImport;
import dev.hypha.graph.importing.ImportListener;
import dev.hypha.graph.importing.ImportPlan;
import dev.hypha.graph.importing.ImportRequest;
import dev.hypha.graph.importing.Imported;
import dev.hypha.graph.importing.NumpyImport;
import dev.hypha.graph.reading.NumpyFolder;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha import FILE...`: from files to a graph on disk.
@Command(
        name = "import",
        description = {
            "Makes a graph store of edge lists and tables: CSV, TSV, SNAP, Matrix Market, plain or gzipped, or of a",
            "folder of numpy arrays."
        },
        footer = {
            "",
            "Examples:",
            "  hypha import follows.csv.gz --out follows                          a row per edge: source, target",
            "  hypha import cites.tsv --nodes papers.csv --undirected --out papers",
            "  hypha import --nodes user=users.csv --edges user:rates:movie=ratings.csv.gz --out movies",
            "  hypha import huge.txt.gz --memory 2g --skip-bad 100 --out huge --json",
            "",
            "What is read and how: docs/graph-store.md."
        })
final class ImportCommand extends Verb {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Files of edges, all of one type; or one folder of numpy arrays.")
    private List<Path> files = List.of();

    @Mixin
    private TableOptions tables;

    @Option(
            names = "--skip-bad",
            paramLabel = "N",
            description = "Leave out up to N wrong lines (default: 0, the first one stops the import).")
    private long skipBad;

    @Override
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--resume");
    }

    @Override
    Answer answer(Progress progress) throws IOException {
        Path out = common.out().orElseThrow(() -> MissingOut.of("graph"));
        ImportListener listener = new ImportProgress(progress);
        if (files.size() == 1 && NumpyFolder.is(files.getFirst())) {
            return timed(out, () -> NumpyImport.run(files.getFirst(), out, memoryBytes(), common.threads, listener));
        }
        ImportRequest request = tables.request(files, out, skipBad, memoryBytes(), common.threads);
        if (request.edges().isEmpty()) {
            throw new InputException(
                    "missing-argument", "no file of edges", Map.of(), "Name one, or give --edges A:NAME:B=FILE.");
        }
        ImportPlan plan = ImportPlan.of(request);
        plan.lines().forEach(progress::note);
        if (common.estimate) {
            return new ImportEstimate(request, plan).answer();
        }
        return timed(out, () -> GraphImport.run(request, listener));
    }

    /// What an import holds lies in the Java heap, so that bounds it as well.
    private long memoryBytes() {
        return Math.min(common.memoryBytes, Runtime.getRuntime().maxMemory() / 2);
    }

    private interface Work {
        Imported run() throws IOException;
    }

    private static Answer timed(Path out, Work work) throws IOException {
        long start = System.nanoTime();
        Imported imported = work.run();
        return answer(imported, out, (System.nanoTime() - start) / 1e9);
    }

    private static Answer answer(Imported imported, Path out, double seconds) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Imported.Nodes nodes : imported.nodes()) {
            json.withArray("nodes")
                    .addObject()
                    .put("type", nodes.name())
                    .put("count", nodes.count())
                    .put("withoutRow", nodes.withoutRow());
        }
        for (Imported.Edges edges : imported.edges()) {
            json.withArray("edges")
                    .addObject()
                    .put("type", edges.name())
                    .put("rows", edges.rows())
                    .put("count", edges.stored())
                    .put("selfLoops", edges.selfLoops())
                    .put("duplicates", edges.duplicates());
        }
        long rows = imported.edges().stream().mapToLong(Imported.Edges::rows).sum();
        json.put("wrongLines", imported.wrongLines())
                .put("importSeconds", Math.round(seconds * 1e3) / 1e3)
                .put("rowsPerSecond", Math.round(rows / seconds))
                .put("spilledBytes", imported.spilledBytes())
                .put("out", out.toString());
        return new Answer(json, ImportText.of(imported, out, rows / seconds));
    }
}
