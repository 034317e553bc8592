package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.bench.BenchGraph;
import dev.hypha.bench.BenchGraphs;
import dev.hypha.bench.Benchmark;
import dev.hypha.bench.Benchmarks;
import dev.hypha.bench.Limits;
import dev.hypha.bench.Row;
import dev.hypha.bench.Setting;
import dev.hypha.graph.InputException;
import dev.hypha.learn.FeatureStorage;
import dev.hypha.learn.Progress;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha bench`: how fast this machine runs what models are made of, and how far that is from its limits.
@Command(
        name = "bench",
        description = "Times kernels and training epochs beside the limits of this machine, each behind a check that"
                + " its result is that of the plain loops.",
        footer = {
            "",
            "Examples:",
            "  hypha bench --list                                what can be timed",
            "  hypha bench spmm epoch/gcn --graph pl200k --json  on a folder of .npy arrays, a line each",
            "  hypha bench epoch --graph cora --threads 2        on a folder of tables",
            "  hypha bench product --threads 1 --seconds 5       one kernel on one thread",
            "",
            "Without --graph a power-law graph of 200,000 nodes and 4,000,000 edges is made.",
            "",
            "x limit (limitRatio) is how many times longer something took than this machine needs at least: the",
            "larger of its bytes at the rate of a streaming sum and its operations at the rate of a product of",
            "2048 cubed by the BLAS, both measured first. 1 is the limit; less is possible where gathered rows stay",
            "in the cache. Compare such ratios, of one quiet machine: milliseconds differ from run to run.",
            "off-heap, resident and GC ms: the most memory outside the Java heap, the most that the process held,",
            "and the longest stop of the garbage collector while the row was timed."
        })
final class BenchCommand extends Verb {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Benchmarks or groups of them, such as spmm/128 or epoch (default: all).")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Name what can be timed, and stop.")
    private boolean list;

    @Option(
            names = "--graph",
            paramLabel = "DIR",
            description = {
                "A folder of .npy arrays (indptr, indices, x, y, train_mask), as hypha generate writes it, or of"
                        + " tables, plain or gzipped: nodes.csv (id, label, split), edges.csv (source, target),"
                        + " features.csv (node, feature, value)."
            })
    private Path graph;

    @Option(
            names = "--features",
            paramLabel = "STORAGE",
            description = {
                "How features are stored: float32, bfloat16 (half the memory, 8 significant bits) or sparse (default:"
                        + " sparse where less than a quarter of the numbers are not 0, else float32)."
            })
    private String features;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "Time each for about so long (default: 3).")
    private double seconds;

    @Override
    boolean computes() {
        return true;
    }

    @Override
    Set<String> unused() {
        return Set.of("--seeds", "--out", "--resume", "--estimate");
    }

    @Override
    Answer answer(Progress progress) throws IOException {
        List<Benchmark> chosen = Benchmarks.named(names);
        if (!(seconds > 0 && seconds < 3600)) {
            throw new InputException(
                    "bad-option",
                    "--seconds is " + seconds,
                    Map.of("option", "--seconds"),
                    "Give a number above 0 and below 3600.");
        }
        if (list) return listed(chosen);
        if (graph != null && !Files.isDirectory(graph)) {
            throw new InputException(
                    "no-graph",
                    "there is no folder " + graph,
                    Map.of("option", "--graph", "folder", graph.toString()),
                    "Make one with hypha generate powerlaw --npy.");
        }
        Optional<FeatureStorage> storage = storage();
        try (Memory memory = new Memory(common.memoryBytes);
                KernelProvider provider = KernelProvider.choose(common.threads)) {
            progress.stage("graph", -1);
            try (BenchGraph on = graph(memory, storage)) {
                return timed(chosen, new Setting(provider, () -> on, memory, seconds), progress);
            }
        }
    }

    /// Rows are printed as they come for programs; people get their table, of those rows that there are, even where
    /// the next one fails.
    private Answer timed(List<Benchmark> chosen, Setting setting, Progress progress) {
        progress.stage("limits", -1);
        Limits limits = Limits.of(setting.provider(), setting.seconds());
        progress.stage("timing", chosen.size());
        List<Row> rows = new ArrayList<>();
        try {
            Benchmarks.run(chosen, setting, limits, row -> {
                rows.add(row);
                if (common.json) print(BenchRows.json(row, limits));
                progress.at(rows.size(), row.name());
            });
        } catch (RuntimeException e) {
            if (!common.json && !rows.isEmpty()) print(BenchRows.text(rows, limits));
            throw e;
        }
        return new Answer(List.of(), BenchRows.text(rows, limits), Exit.DONE);
    }

    private BenchGraph graph(Memory memory, Optional<FeatureStorage> storage) throws IOException {
        BenchGraph read = graph == null ? BenchGraphs.generated(memory, common.seed) : BenchGraphs.read(graph, memory);
        return read.stored(storage.orElseGet(() -> FeatureStorage.suiting(read.features())), memory);
    }

    private Optional<FeatureStorage> storage() {
        if (features == null) return Optional.empty();
        for (FeatureStorage storage : FeatureStorage.values()) {
            if (storage.name().equalsIgnoreCase(features)) return Optional.of(storage);
        }
        throw new InputException(
                "bad-option",
                "--features is " + features,
                Map.of("option", "--features"),
                "Give float32, bfloat16 or sparse.");
    }

    private static Answer listed(List<Benchmark> benchmarks) {
        Columns columns = new Columns();
        List<ObjectNode> objects = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            columns.row(benchmark.name(), benchmark.help());
            objects.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("name", benchmark.name())
                    .put("help", benchmark.help()));
        }
        return new Answer(objects, columns.text(), Exit.DONE);
    }
}
