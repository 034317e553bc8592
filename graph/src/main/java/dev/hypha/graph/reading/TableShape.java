package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// How a text file is laid out; found by [ShapeFinder].
///
/// @param delimiter between fields; a space stands for runs of blanks
/// @param names of its columns, `column1`, `column2` and so on where it has no header
/// @param headerLines lines before the rows, comments not counted
/// @param comments true where lines that begin with `#` or `%` are comments
/// @param matrix of a Matrix Market file, otherwise null
/// @param sample the first rows, for guessing types
public record TableShape(
        Path file,
        byte delimiter,
        List<String> names,
        int headerLines,
        boolean comments,
        MatrixHeader matrix,
        List<List<String>> sample) {
    public TableShape {
        names = List.copyOf(names);
        sample = List.copyOf(sample);
    }

    /// How many columns every row must have.
    public int columns() {
        return names.size();
    }

    /// The column of that name or, from 1, that number.
    ///
    /// @throws InputException if there is none
    public int column(String wanted) {
        return find(wanted)
                .orElseThrow(() -> new InputException(
                        "unknown-column",
                        "there is no column " + wanted + " in " + file,
                        Map.of("file", file.toString(), "column", wanted),
                        "It has " + names.stream().limit(20).collect(Collectors.joining(", ")) + "."));
    }

    /// The column of that name, in any case, or, from 1, that number.
    public OptionalInt find(String wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(wanted)) {
                return OptionalInt.of(i);
            }
        }
        if (wanted.matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(wanted);
            if (number >= 1 && number <= names.size()) {
                return OptionalInt.of(number - 1);
            }
        }
        return OptionalInt.empty();
    }

    /// The first column called one of these, in any case.
    public OptionalInt findAny(List<String> wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// True if the first line names the columns.
    public boolean hasHeader() {
        return headerLines > 0 && matrix == null;
    }

    /// How many rows the file says that it has, where it says so.
    public OptionalLong rows() {
        return matrix == null ? OptionalLong.empty() : OptionalLong.of(matrix.entries());
    }

    /// How many rows the file has, judged by its size and pieces of it; see [RowCount].
    public long rowsAbout() {
        if (rows().isPresent()) {
            return rows().getAsLong();
        }
        return Math.max(0, RowCount.about(file) - headerLines);
    }

    void requireColumns(int count) throws BadValue {
        if (count != columns()) {
            throw new BadValue("has " + count + (count == 1 ? " column" : " columns") + " instead of " + columns());
        }
    }

    void requireRows(long count) {
        if (rows().isPresent() && rows().getAsLong() != count) {
            throw new InputException(
                    "truncated",
                    file + " has " + count + " entries, and its head says " + rows().getAsLong(),
                    Map.of("file", file.toString()),
                    "Get it again, it is not whole.");
        }
    }

    /// True for a line that is no row: one of blanks, or a comment.
    boolean isBlankOrComment(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return at == to || (comments && (bytes[at] == '#' || bytes[at] == '%'));
    }
}
