package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The head of a Matrix Market file of coordinates: an entry is a row, a column and, unless it is a pattern, a
/// number; rows and columns count from 1.
///
/// Boisvert, Pozo and Remington, "The Matrix Market exchange formats: initial design", NISTIR 5935, 1996.
///
/// @param symmetric true where an entry stands for its mirror image too
/// @param values what entries have
public record MatrixHeader(long rows, long columns, long entries, boolean symmetric, Values values) {
    static final String BANNER = "%%matrixmarket";

    /// Nodes without edges cost as much as others: so many are taken for a slip of the head, or for malice, unless
    /// there are entries for one in a thousand.
    private static final long MANY_NODES = 10_000_000;

    private static final long NODES_PER_ENTRY = 1000;

    /// What entries have beside their place.
    public enum Values {
        REAL,
        INTEGER,
        /// Nothing.
        PATTERN
    }

    /// @param banner the first line
    /// @param size the first line that is no comment
    /// @param line its number
    static MatrixHeader of(Path file, String banner, String size, long line) {
        List<String> words = List.of(banner.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        if (words.size() != 5 || !words.get(1).equals("matrix") || !words.get(2).equals("coordinate")) {
            throw wrong(file, 1, "is no Matrix Market file of coordinates", "Arrays hold no graph; write coordinates.");
        }
        if (!List.of("real", "integer", "pattern").contains(words.get(3))) {
            throw wrong(file, 1, "has entries of type " + words.get(3), "Write them as real, integer or pattern.");
        }
        if (!List.of("general", "symmetric").contains(words.get(4))) {
            throw wrong(file, 1, "is " + words.get(4), "Write it as general or symmetric.");
        }
        String[] sizes = size.strip().split("\\s+", -1);
        boolean symmetric = words.get(4).equals("symmetric");
        try {
            if (sizes.length != 3) {
                throw new NumberFormatException(size);
            }
            long rows = Long.parseLong(sizes[0]);
            long columns = Long.parseLong(sizes[1]);
            long entries = Long.parseLong(sizes[2]);
            if (rows < 0 || columns < 0 || entries < 0 || (symmetric && rows != columns)) {
                throw new NumberFormatException(size);
            }
            long longest = Math.max(rows, columns);
            if (longest > MANY_NODES && longest / NODES_PER_ENTRY > entries) {
                throw wrong(
                        file,
                        line,
                        "says " + longest + " rows or columns, each a node, and only " + entries + " entries",
                        "Is it right? Number rows and columns without so many gaps.");
            }
            Values values = Values.valueOf(words.get(3).toUpperCase(Locale.ROOT));
            return new MatrixHeader(rows, columns, entries, symmetric, values);
        } catch (NumberFormatException e) {
            throw wrong(file, line, "has no line of rows, columns and entries after its comments", "Get it again.");
        }
    }

    /// True where rows and columns are the same nodes.
    public boolean square() {
        return rows == columns;
    }

    private static InputException wrong(Path file, long line, String problem, String hint) {
        return new InputException(
                "wrong-header", file + ":" + line + " " + problem, Map.of("file", file.toString(), "line", line), hint);
    }
}
