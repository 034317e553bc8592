package dev.hypha.app.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A table of text with columns as wide as their widest cell, two spaces apart; cells that look like numbers stand to
/// the right.
public final class Columns {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9,.]*( ± [0-9.]+)?|–");

    private final List<List<String>> rows = new ArrayList<>();

    /// A table of the rows given.
    public static Columns of(List<List<String>> rows) {
        Columns columns = new Columns();
        rows.forEach(row -> columns.rows.add(List.copyOf(row)));
        return columns;
    }

    /// Adds a row; rows may differ in length.
    public Columns row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// The rows as lines, without a last line end and without spaces at the ends of lines.
    public String text() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(padded(row.get(i), widths[i])).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String padded(String cell, int width) {
        String space = " ".repeat(width - cell.length());
        return NUMBER.matcher(cell).matches() ? space + cell : cell + space;
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
