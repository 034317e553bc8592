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
import dev.hypha.graph.store.GraphStore;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha import FILE...`: from files to a graph on disk.
@Command(
        name = "import",
        description = {
            "Makes a graph store of edge lists and tables, or of a folder of numpy arrays.",
            "Files are CSV, TSV, SNAP or Matrix Market, plain or gzipped."
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
        requireSkipBad();
        long bound = ImportMemory.bound(common.memoryBytes);
        if (files.size() == 1 && Files.isDirectory(files.getFirst())) {
            return ofFolder(files.getFirst(), bound, progress);
        }
        ImportRequest request = tables.request(files, out(), skipBad, bound, common.threads);
        if (request.edges().isEmpty()) {
            throw new InputException(
                    "missing-argument", "no file of edges", Map.of(), "Name one, or give --edges A:NAME:B=FILE.");
        }
        ImportPlan plan = ImportPlan.of(request);
        plan.lines().forEach(progress::note);
        plan.warnings().forEach(progress::warn);
        if (common.estimate) {
            return ImportEstimate.of(plan, bound).answer();
        }
        warnOfHeap(progress);
        return timed(request.out(), bound, () -> GraphImport.run(request, new ImportProgress(progress)));
    }

    private Answer ofFolder(Path folder, long bound, Progress progress) throws IOException {
        if (!NumpyFolder.is(folder)) {
            throw new InputException(
                    "no-arrays",
                    folder + " is a folder without indptr.npy",
                    Map.of("folder", folder.toString()),
                    GraphStore.isStore(folder)
                            ? "It is a graph store already: see hypha info."
                            : "Name files of edges, or a folder of numpy arrays: indptr, indices and others.");
        }
        TableOptions.NAMES.forEach(this::refuseForArrays);
        refuseForArrays("--skip-bad");
        if (common.estimate) {
            return ImportEstimate.ofArrays(folder, bound).answer();
        }
        warnOfHeap(progress);
        ImportListener listener = new ImportProgress(progress);
        return timed(out(), bound, () -> NumpyImport.run(folder, out(), bound, common.threads, listener));
    }

    private void refuseForArrays(String option) {
        if (typed(option)) {
            throw new InputException(
                    "unused-option",
                    option + " is for tables, and a folder of numpy arrays has none",
                    Map.of("option", option),
                    "Leave it out.");
        }
    }

    private void requireSkipBad() {
        if (skipBad < 0) {
            throw new InputException(
                    "bad-option",
                    "--skip-bad is " + skipBad,
                    Map.of("option", "--skip-bad"),
                    "Give how many wrong lines may be left out, 0 or more.");
        }
    }

    /// An estimate makes nothing and needs no place.
    private Path out() {
        return common.estimate && common.out == null
                ? Path.of("graph")
                : common.out().orElseThrow(() -> MissingOut.of("graph"));
    }

    private void warnOfHeap(Progress progress) {
        if (typed("--memory")) {
            ImportMemory.lessThanAsked(common.memoryBytes).ifPresent(progress::warn);
        }
    }

    @Override
    Optional<String> memoryHelp() {
        return Optional.of(ImportMemory.HELP);
    }

    @Override
    String smaller() {
        return "hold less with --memory " + ImportMemory.LEAST_WORD;
    }

    @Override
    Path writes() {
        return common.out().orElseGet(super::writes);
    }

    @Override
    String afterInterrupt() {
        String left = common.out().map(out -> out + ".partial is no graph; the").orElse("The");
        return left + " same command starts again from the beginning.";
    }

    private interface Work {
        Imported run() throws IOException;
    }

    private static Answer timed(Path out, long bound, Work work) throws IOException {
        long start = System.nanoTime();
        Imported imported = work.run();
        return answer(imported, out, bound, (System.nanoTime() - start) / 1e9);
    }

    private static Answer answer(Imported imported, Path out, long bound, double seconds) {
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
        json.putObject("memory").put("boundBytes", bound).put("reservedBytes", imported.reservedBytes());
        json.put("wrongLines", imported.wrongLines())
                .put("importSeconds", Math.round(seconds * 1e3) / 1e3)
                .put("rowsPerSecond", Math.round(rows / seconds))
                .put("spilledBytes", imported.spilledBytes())
                .put("out", out.toString());
        return new Answer(json, ImportText.of(imported, out, bound, rows / seconds));
    }
}
