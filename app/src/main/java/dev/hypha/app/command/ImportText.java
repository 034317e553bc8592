package dev.hypha.app.command;

import dev.hypha.app.terminal.Columns;
import dev.hypha.graph.importing.Imported;
import java.nio.file.Path;
import java.util.Locale;

/// What an import did, for people.
final class ImportText {
    private ImportText() {}

    static String of(Imported imported, Path out, long bound, double rowsPerSecond) {
        Columns columns = new Columns();
        for (Imported.Nodes nodes : imported.nodes()) {
            boolean some = nodes.withoutRow() > 0 && nodes.withoutRow() < nodes.count();
            String without = some ? ", " + number(nodes.withoutRow()) + " of them in edges only" : "";
            columns.row(nodes.name(), number(nodes.count()), "nodes" + without);
        }
        for (Imported.Edges edges : imported.edges()) {
            columns.row(edges.name(), number(edges.stored()), "edges of " + number(edges.rows()) + " rows");
            columns.row("", number(edges.selfLoops()), "self-loops");
            columns.row("", number(edges.duplicates()), "duplicates");
        }
        columns.row("wrong lines", number(imported.wrongLines()), "left out");
        String reserved = MemorySize.format(imported.reservedBytes());
        String spilled = MemorySize.format(imported.spilledBytes());
        columns.row("memory", reserved, "set aside, bound " + MemorySize.format(bound) + "; scratch files " + spilled);
        columns.row("speed", number(Math.round(rowsPerSecond)), "rows per second");
        return columns.text() + System.lineSeparator() + "graph: " + out;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
