package dev.hypha.graph.importing;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.TableReading.Value;
import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.MatrixHeader;
import dev.hypha.graph.reading.Numbers;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.reading.Times;
import dev.hypha.graph.store.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a column holds: as given, or guessed from the first rows of its file.
final class ColumnChoice {
    private ColumnChoice() {}

    /// The type of a column: as given, as the head of a Matrix Market file says, or the narrowest that all values of
    /// the first rows have.
    static ColumnType type(TableShape file, int column, Columns columns) {
        for (Map.Entry<String, ColumnType> given : columns.types().entrySet()) {
            if (file.find(given.getKey()).orElse(-1) == column) {
                return given.getValue();
            }
        }
        if (file.matrix() != null) {
            return file.matrix().values() == MatrixHeader.Values.INTEGER ? ColumnType.INT64 : ColumnType.FLOAT64;
        }
        List<String> values = values(file, column);
        if (values.stream().allMatch(ColumnChoice::isInteger)) {
            return values.isEmpty() ? ColumnType.TEXT : ColumnType.INT64;
        }
        if (values.stream().allMatch(ColumnChoice::isReal)) {
            return ColumnType.FLOAT64;
        }
        return values.stream().allMatch(Times::isTime) ? ColumnType.TIME : ColumnType.TEXT;
    }

    /// True if a column of ids holds text: as given, or because most of the first rows hold no integers. A few
    /// that do not are wrong lines.
    static boolean textIds(TableShape file, int column, Columns columns) {
        List<String> values = values(file, column);
        long integers = values.stream().filter(ColumnChoice::isInteger).count();
        return columns.textIds().orElse(2 * integers < values.size());
    }

    static InputException noTwoEnds(TableShape file) {
        return new InputException(
                "too-few-columns",
                "the rows of " + file.file() + " have no two columns for the ends of an edge",
                Map.of("file", file.file().toString()),
                "Name them with --source and --target.");
    }

    /// What is stored under the same name twice could not be told apart.
    ///
    /// @param option that names one of them; may be empty
    static void requireNames(TableShape file, List<Value> values, String option) {
        Set<String> seen = new HashSet<>();
        for (Value value : values) {
            if (!seen.add(value.name())) {
                String which = option.isEmpty() ? "" : ", one of them by " + option;
                throw new InputException(
                        "second-name",
                        file.file() + " has two columns that would be called " + value.name() + which,
                        Map.of("file", file.file().toString(), "column", value.name()),
                        "Rename one of them in the header.");
            }
        }
    }

    private static List<String> values(TableShape file, int column) {
        return file.sample().stream()
                .filter(row -> row.size() == file.columns())
                .map(row -> row.get(column))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static boolean isInteger(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try {
            Numbers.integer(bytes, 0, bytes.length);
            return true;
        } catch (BadValue e) {
            return false;
        }
    }

    private static boolean isReal(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try {
            Numbers.real(bytes, 0, bytes.length);
            return true;
        } catch (BadValue e) {
            return false;
        }
    }
}
