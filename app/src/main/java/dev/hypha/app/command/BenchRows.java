package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.bench.Limits;
import dev.hypha.bench.Row;
import dev.hypha.tensor.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Rows of `hypha bench` for programs and for people.
final class BenchRows {
    private static final String BYTES = "Bytes";

    private BenchRows() {}

    /// One row. `peakBytes` is what the process held while this row was timed; where the operating system
    /// counts for the whole process alone, it is left to the head of the object, and `peakBytesOf` says so.
    static ObjectNode json(Row row, Limits limits) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("name", row.name()).put("size", row.size());
        object.put("provider", row.provider()).put("threads", row.threads());
        object.putObject("millis")
                .put("median", rounded(row.millis().median()))
                .put("min", rounded(row.millis().min()))
                .put("max", rounded(row.millis().max()));
        object.put("bytes", row.bytes()).put("operations", row.operations());
        object.put("limitRatio", rounded(row.limitRatio()));
        object.putObject("limit")
                .put("bytesPerSecond", Math.round(limits.bytesPerSecond()))
                .put("operationsPerSecond", Math.round(limits.operationsPerSecond()));
        row.figures().forEach((name, figure) -> {
            if (figure == Math.rint(figure)) object.put(name, figure.longValue());
            else object.put(name, rounded(figure));
        });
        ObjectNode offHeap = object.putObject("offHeapBytes");
        for (Purpose purpose : Purpose.values()) {
            offHeap.put(
                    purpose.name().toLowerCase(Locale.ROOT), row.use().offHeap().getOrDefault(purpose, 0L));
        }
        row.use().residentBytes().ifPresent(bytes -> object.put("peakBytes", bytes));
        object.put("peakBytesOf", row.use().residentBytes().isPresent() ? "row" : "process");
        return object.put("gcPauseMillis", row.use().pauseMillis()).put("gate", row.gate());
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /// A table, with the limits in the line below.
    static String text(List<Row> rows, Limits limits) {
        Columns columns = new Columns();
        columns.row("benchmark", "median ms", "min", "max", "x limit", "off-heap", "resident", "GC ms", "on");
        for (Row row : rows) {
            columns.row(
                    row.name(),
                    number(row.millis().median()),
                    number(row.millis().min()),
                    number(row.millis().max()),
                    number(row.limitRatio()),
                    MemorySize.format(row.use().offHeap().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()),
                    resident(row),
                    Long.toString(row.use().pauseMillis()),
                    row.size() + figures(row.figures()));
        }
        return columns.text()
                + String.format(
                        Locale.ROOT,
                        "%nx limit: how many times longer than at %.1f GB/s read and %.0f GFLOP/s, measured in this run.",
                        limits.bytesPerSecond() / 1e9,
                        limits.operationsPerSecond() / 1e9);
    }

    private static String resident(Row row) {
        return row.use().residentBytes().isPresent()
                ? MemorySize.format(row.use().residentBytes().getAsLong())
                : "–";
    }

    private static String figures(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(each -> ", " + figure(each.getKey(), each.getValue()))
                .collect(Collectors.joining());
    }

    private static String figure(String name, double value) {
        return name.endsWith(BYTES)
                ? words(name.substring(0, name.length() - BYTES.length())) + " " + MemorySize.format((long) value)
                : words(name) + " " + figure(value);
    }

    /// `seedsPerSecond` as `seeds per second`.
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 1000 ? "%.2f" : "%,.0f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
