package dev.hypha.relational.predict;

import dev.hypha.learn.Features;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.metrics.Outcomes;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.windows.FeatureMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Permutation importance: by how much the deciding metric worsens on validation rows when a source
/// column's values are shuffled, in the rows of its table for the graph model and among the seeds for the
/// aggregates made of it. Breiman, "Random Forests", Machine Learning 2001, section 10, for any model.
final class Importance {
    private static final int ROWS = 256;
    private static final int MOST_COLUMNS = 40;

    private final Workbench bench;
    private final SeedRun run;
    private final int[] rows;
    private final Metric metric;
    private final FeatureMatrix windows;

    /// @param table the column's table
    /// @param column its name
    /// @param worse by how much the metric is worse without it; may be below 0
    record Column(String table, String column, double worse) {}

    Importance(Workbench bench, SeedRun run) {
        this.bench = bench;
        this.run = run;
        this.rows = sample(bench.deciding());
        this.metric = Measurement.deciding(bench.job().kind());
        this.windows = bench.aggregates().all().rows(rows);
    }

    private static int[] sample(int[] rows) {
        int every = Math.max(1, Math.ceilDiv(rows.length, ROWS));
        return IntStream.range(0, rows.length)
                .filter(i -> i % every == 0)
                .map(i -> rows[i])
                .toArray();
    }

    /// Columns, the most telling first. Of many columns those are tried that the trees gained most from, then
    /// others.
    List<Column> columns() {
        double whole = score(answer(windows));
        List<Column> out = new ArrayList<>();
        List<ColumnName> candidates = candidates();
        bench.job().progress().stage("importance of columns", candidates.size());
        for (ColumnName name : candidates) {
            double without = score(without(name));
            out.add(new Column(name.table, name.column, metric.higherIsBetter() ? whole - without : without - whole));
            bench.job().progress().at(out.size(), name.table + "." + name.column);
        }
        out.sort(Comparator.comparingDouble(Column::worse).reversed());
        return out;
    }

    private record ColumnName(String table, String column) {
        /// Whether an aggregate is made of this column: its name has the table's and the column's in a row.
        boolean in(String feature) {
            return ("." + feature + ".").contains("." + table + "." + column + ".");
        }
    }

    private List<ColumnName> candidates() {
        Set<ColumnName> all = new LinkedHashSet<>();
        bench.job()
                .database()
                .schema()
                .tables()
                .forEach(table -> table.columns().stream()
                        .filter(column -> !column.dropped())
                        .forEach(column -> all.add(new ColumnName(table.name(), column.name()))));
        bench.job().derived().forEach(d -> all.add(new ColumnName(d.table(), d.name())));
        Map<ColumnName, Double> gain = new LinkedHashMap<>();
        Map<String, Double> byFeature = run.trees().chosen().importance();
        for (ColumnName name : all) {
            gain.put(
                    name,
                    byFeature.entrySet().stream()
                            .filter(e -> name.in(e.getKey()))
                            .mapToDouble(Map.Entry::getValue)
                            .sum());
        }
        return all.stream()
                .filter(name -> gain.get(name) > 0 || hasFeatures(name))
                .sorted(Comparator.comparingDouble((ColumnName name) -> -gain.get(name)))
                .limit(MOST_COLUMNS)
                .toList();
    }

    private boolean hasFeatures(ColumnName name) {
        return bench.graph().isPresent()
                && !Shuffle.find(features(name.table), name.table, name.column).isEmpty();
    }

    private Features features(String table) {
        Inputs inputs = bench.graph().orElseThrow().inputs();
        return inputs.features().get(inputs.database().plan().nodeType(table));
    }

    private float[] without(ColumnName name) {
        FeatureMatrix shuffled = shuffled(name);
        if (run.weights().isEmpty()) {
            return answer(shuffled);
        }
        try (Shuffle _ = Shuffle.of(features(name.table), name.table, name.column, name.hashCode())) {
            return answer(shuffled);
        }
    }

    private FeatureMatrix shuffled(ColumnName name) {
        float[] values = windows.values().clone();
        int[] order = Shuffle.permutation(windows.rows(), new SplittableRandom(name.hashCode()));
        for (int column = 0; column < windows.columns(); column++) {
            if (name.in(windows.names().get(column))) {
                for (int row = 0; row < order.length; row++) {
                    values[row * windows.columns() + column] = windows.get(order[row], column);
                }
            }
        }
        return new FeatureMatrix(windows.names(), windows.categorical(), windows.rows(), values);
    }

    private float[] answer(FeatureMatrix features) {
        float[] trees = run.trees().chosen().predict(features, bench.request().threads());
        if (run.weights().isEmpty()) {
            return trees;
        }
        float[] graph = bench.graph()
                .orElseThrow()
                .answer(run.weights().get(), rows, bench.scaling().apply(features));
        return Blend.mix(graph, trees, run.blend().graphShare());
    }

    private double score(float[] answer) {
        SeedTable seeds = bench.job().task().seeds();
        int outputs = bench.job().outputs();
        return metric.of(new Outcomes(seeds.kind(), outputs, answer, Measurement.labels(seeds, rows)));
    }
}
