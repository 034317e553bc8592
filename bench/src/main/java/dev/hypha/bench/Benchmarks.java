package dev.hypha.bench;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All that can be timed, in the order it is run.
public final class Benchmarks {
    private static final List<Benchmark> ALL = Stream.of(
                    DenseBenchmarks.all(),
                    SparseBenchmarks.all(),
                    AttentionBenchmarks.all(),
                    SamplingBenchmarks.all(),
                    TrainingBenchmarks.all(),
                    ImportBenchmarks.all())
            .flatMap(List::stream)
            .toList();

    private Benchmarks() {}

    /// All benchmarks.
    public static List<Benchmark> all() {
        return ALL;
    }

    /// The benchmarks of the given names or groups; all for none.
    ///
    /// @throws InputException for a name that is neither
    public static List<Benchmark> named(List<String> names) {
        if (names.isEmpty()) return ALL;
        return names.stream().flatMap(name -> named(name).stream()).distinct().toList();
    }

    private static List<Benchmark> named(String name) {
        List<Benchmark> found = ALL.stream()
                .filter(b -> b.name().equals(name) || b.name().startsWith(name + "/"))
                .toList();
        if (!found.isEmpty()) return found;
        List<String> names = ALL.stream()
                .map(Benchmark::name)
                .flatMap(each -> Stream.of(each, each.substring(0, each.indexOf('/'))))
                .distinct()
                .toList();
        throw new InputException(
                "unknown-benchmark",
                "there is no benchmark '" + name + "'",
                Map.of("benchmark", name),
                Nearest.to(name, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("See hypha bench --list."));
    }

    /// Measures each benchmark in turn, its gate before its timing.
    ///
    /// @param limits that rows are held against
    /// @param rows told each as soon as it is there
    /// @throws IllegalStateException when a gate finds a wrong result
    public static void run(List<Benchmark> benchmarks, Setting setting, Limits limits, Consumer<Row> rows) {
        for (Benchmark benchmark : benchmarks) rows.accept(row(benchmark, setting, limits));
    }

    static Row row(Benchmark benchmark, Setting setting, Limits limits) {
        Benchmark.Measured found = benchmark.start().run(setting);
        return new Row(
                benchmark.name(),
                found.size(),
                setting.provider().name(),
                setting.provider().threads(),
                found.timed().millis(),
                found.bytes(),
                found.operations(),
                limits.ratio(found.timed().millis(), found.bytes(), found.operations()),
                found.timed().use(),
                found.figures(),
                found.gate());
    }
}
