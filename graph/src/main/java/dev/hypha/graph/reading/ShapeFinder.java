package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.Blocks.Block;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds out from the beginning of a text file how it is laid out: delimiter, header, number of columns.
///
/// The delimiter is the first of tab, comma, semicolon and bar that the first row has, otherwise blanks. The
/// first row is a header if none of its fields is a number and either one has a usual name or what stands below one
/// is always a number. A header whose names are not all there, or not all different, is refused: taken for a row, it
/// would be an edge that nobody wrote.
public final class ShapeFinder {
    private static final int SAMPLE_ROWS = 1000;
    private static final byte[] DELIMITERS = {'\t', ',', ';', '|'};
    private static final Set<String> USUAL_NAMES = Set.of(
            "id",
            "node",
            "node_id",
            "nodeid",
            "source",
            "src",
            "from",
            "target",
            "dst",
            "to",
            "destination",
            "weight",
            "label",
            "time",
            "timestamp",
            "name",
            "node1",
            "node2",
            "id1",
            "id2",
            "user",
            "item");

    private final Path file;
    private final Header header;
    private final List<String> rows = new ArrayList<>();
    private String firstLine = "";
    private long firstRow;
    private long lines;
    private boolean leadingComments;

    private ShapeFinder(Path file, Header header) {
        this.file = file;
        this.header = header;
    }

    /// Whether the first row names the columns.
    public enum Header {
        YES,
        NO,
        GUESS
    }

    /// Looks at a file.
    ///
    /// @throws InputException if it is empty, binary, missing or damaged
    public static TableShape find(Path file, Header header) {
        ShapeFinder finder = new ShapeFinder(file, header);
        finder.readRows();
        return finder.shape();
    }

    private void readRows() {
        try (Blocks blocks = Blocks.of(file)) {
            Block block = blocks.next();
            if (block == null) {
                throw nothing();
            }
            int at = 0;
            while (at < block.length() && rows.size() <= SAMPLE_ROWS) {
                int end = at;
                while (end < block.length() && block.bytes()[end] != '\n') {
                    end++;
                }
                String line = new String(block.bytes(), at, end - at, StandardCharsets.UTF_8);
                see(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
                at = end + 1;
            }
        }
    }

    private void see(String line) {
        lines++;
        if (firstLine.isEmpty()) {
            firstLine = line;
        }
        boolean comment =
                line.stripLeading().startsWith("#") || line.stripLeading().startsWith("%");
        if (rows.isEmpty() && comment) {
            leadingComments = true;
        } else if (!line.isBlank()) {
            firstRow = rows.isEmpty() ? lines : firstRow;
            rows.add(line);
        }
    }

    private TableShape shape() {
        if (rows.isEmpty()) {
            throw nothing();
        }
        if (rows.getFirst().indexOf('\0') >= 0) {
            throw new InputException(
                    "no-text",
                    file + " is no text file",
                    Map.of("file", file.toString()),
                    "Give a text file, one edge or node per line, plain or gzipped.");
        }
        if (firstLine.toLowerCase(Locale.ROOT).startsWith(MatrixHeader.BANNER)) {
            return matrix();
        }
        byte delimiter = delimiter(rows.getFirst());
        List<List<String>> all = new ArrayList<>();
        for (String row : rows) {
            if (all.isEmpty() || !row.startsWith("#")) {
                fields(row, delimiter, all);
            }
        }
        if (all.isEmpty()) {
            throw new InputException(
                    "wrong-line",
                    file + ": a quote is not closed in the first row",
                    Map.of("file", file.toString()),
                    "Correct it.");
        }
        List<String> first = all.getFirst();
        boolean headed = header == Header.YES || (header == Header.GUESS && looksLikeHeader(all));
        if (headed) {
            requireNames(first);
        }
        List<String> names = headed ? first : numbered(first.size());
        boolean comments = !headed || leadingComments;
        return new TableShape(
                file, delimiter, names, headed ? 1 : 0, comments, null, headed ? all.subList(1, all.size()) : all);
    }

    private TableShape matrix() {
        MatrixHeader matrix = MatrixHeader.of(file, firstLine, rows.getFirst(), firstRow);
        boolean pattern = matrix.values() == MatrixHeader.Values.PATTERN;
        List<String> names = pattern ? List.of("row", "column") : List.of("row", "column", "value");
        List<List<String>> sample = new ArrayList<>();
        rows.stream().skip(1).forEach(row -> fields(row, Fields.BLANKS, sample));
        return new TableShape(file, Fields.BLANKS, names, 1, true, matrix, sample);
    }

    private static byte delimiter(String row) {
        for (byte each : DELIMITERS) {
            boolean onlyBlanks = each == '\t'
                    && List.of(row.strip().split("\t", -1)).stream().anyMatch(String::isBlank);
            if (row.indexOf(each) >= 0 && !onlyBlanks) {
                return each;
            }
        }
        return Fields.BLANKS;
    }

    /// Adds a row's fields; a row that cannot be taken apart is left to the reader, who knows its line.
    private static void fields(String row, byte delimiter, List<List<String>> to) {
        Fields split = new Fields(delimiter);
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        try {
            split.split(bytes, 0, bytes.length);
        } catch (BadValue e) {
            return;
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < split.count(); i++) {
            fields.add(new String(split.bytes(), split.from(i), split.to(i) - split.from(i), StandardCharsets.UTF_8));
        }
        to.add(fields);
    }

    private static boolean looksLikeHeader(List<List<String>> rows) {
        List<String> first = rows.getFirst();
        return first.stream().noneMatch(ShapeFinder::isNumber)
                && (first.stream().anyMatch(name -> USUAL_NAMES.contains(name.toLowerCase(Locale.ROOT)))
                        || numbersBelow(rows));
    }

    /// True if what stands below some name is always a number; an empty field may be a missing value of a first row.
    private static boolean numbersBelow(List<List<String>> rows) {
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int at = column;
            if (!rows.getFirst().get(column).isEmpty()
                    && rows.size() > 1
                    && rows.stream().skip(1).allMatch(row -> at < row.size() && isNumber(row.get(at)))) {
                return true;
            }
        }
        return false;
    }

    private void requireNames(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            if (name.isEmpty()) {
                throw wrongHeader("has no name for column " + (column + 1));
            }
            if (!seen.add(name)) {
                throw wrongHeader("names two columns " + name);
            }
        }
    }

    private InputException wrongHeader(String problem) {
        return new InputException(
                "wrong-header",
                file + ":" + firstRow + ": the header " + problem,
                Map.of("file", file.toString(), "line", firstRow),
                header == Header.YES
                        ? "Give each column a name of its own."
                        : "Give each column a name of its own, or say --header no if this is a row.");
    }

    private static boolean isNumber(String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        try {
            Numbers.real(bytes, 0, bytes.length);
            return true;
        } catch (BadValue e) {
            return false;
        }
    }

    private static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("column" + i);
        }
        return names;
    }

    private InputException nothing() {
        return new InputException(
                "empty-file",
                "there is nothing in " + file,
                Map.of("file", file.toString()),
                "Give a file with a row per line.");
    }
}
