package dev.hypha.app.report;

import java.util.List;

/// A page of Markdown as it is written. Text from elsewhere stays text: what Markdown or HTML would read is
/// escaped.
final class Markdown {
    private final StringBuilder text = new StringBuilder();

    Markdown(String title) {
        text.append("# ").append(plain(title)).append("\n\n");
    }

    Markdown section(String title) {
        text.append("## ").append(title).append("\n\n");
        return this;
    }

    /// An item of a list: a name and its value, nothing where that is blank.
    Markdown item(String name, String value) {
        if (!value.isBlank())
            text.append("- ").append(name).append(": ").append(plain(value)).append('\n');
        return this;
    }

    Markdown item(String sentence) {
        text.append("- ").append(plain(sentence)).append('\n');
        return this;
    }

    /// Ends a list.
    Markdown end() {
        text.append('\n');
        return this;
    }

    Markdown paragraph(String words) {
        text.append(plain(words)).append("\n\n");
        return this;
    }

    /// @param rows of cells, the first one headings
    Markdown table(List<List<String>> rows) {
        line(rows.getFirst());
        line(rows.getFirst().stream().map(cell -> "---").toList());
        rows.subList(1, rows.size()).forEach(this::line);
        return end();
    }

    private void line(List<String> cells) {
        text.append("| ")
                .append(String.join(" | ", cells.stream().map(Markdown::plain).toList()))
                .append(" |\n");
    }

    /// A block that Markdown leaves as it is, whatever is in it.
    Markdown code(String code) {
        code.lines().forEach(line -> text.append("    ").append(line).append('\n'));
        return end();
    }

    /// Text on one line, without the characters that Markdown or HTML would read.
    private static String plain(String words) {
        return words.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
