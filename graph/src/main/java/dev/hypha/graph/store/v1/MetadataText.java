package dev.hypha.graph.store.v1;

import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.v1.Metadata.ColumnEntry;
import dev.hypha.graph.store.v1.Metadata.EdgeEntry;
import dev.hypha.graph.store.v1.Metadata.NodeEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// `graph.txt`: lines of fields, separated by tabs, in UTF-8.
///
///     hypha-graph  1
///     nodes    NAME  COUNT  integer-ids | text-ids  timed | untimed
///     column   NAME  TYPE   WIDTH                              of the nodes or edges above it
///     edges    NAME  SOURCE TARGET COUNT  REVERSE              node types and edge type by index, -1 for
///     none
///     positions                                                of the edges above it
///     file     NAME  KIND   LENGTH CHECKSUM
///     sum      CRC-32C of all bytes before this line, in hexadecimal
///
/// In names, a tab, a line end and a backslash are written `\t`, `\n`, `\r`, `\\`.
public final class MetadataText {
    private static final String MAGIC = "hypha-graph";
    private static final HexFormat HEX = HexFormat.of();

    private MetadataText() {}

    /// The bytes of the file.
    public static byte[] write(Metadata metadata) {
        StringBuilder text = new StringBuilder();
        line(text, MAGIC, DataFile.VERSION);
        for (NodeEntry nodes : metadata.nodes()) {
            String ids = nodes.textIds() ? "text-ids" : "integer-ids";
            line(text, "nodes", nodes.name(), nodes.count(), ids, nodes.timed() ? "timed" : "untimed");
            columns(text, nodes.columns());
        }
        for (EdgeEntry edges : metadata.edges()) {
            line(text, "edges", edges.name(), edges.source(), edges.target(), edges.count(), edges.reverse());
            if (edges.positions()) {
                line(text, "positions");
            }
            columns(text, edges.columns());
        }
        for (FileEntry file : metadata.files()) {
            line(text, "file", file.name(), file.kind().word(), file.length(), HEX.toHexDigits(file.checksum()));
        }
        line(text, "sum", HEX.toHexDigits(sum(text.toString().getBytes(StandardCharsets.UTF_8))));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The metadata in the bytes of a file.
    ///
    /// @throws IllegalArgumentException in words where the bytes are no such file, or were changed
    /// @throws Mismatch where two things that should be equal are not
    static Metadata read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith(MAGIC + "\t")) {
            throw new IllegalArgumentException("is no metadata of a graph store");
        }
        String version = lines.getFirst().substring(MAGIC.length() + 1);
        if (!version.equals(String.valueOf(DataFile.VERSION))) {
            throw new Mismatch("is of another version", String.valueOf(DataFile.VERSION), version);
        }
        requireSum(bytes, text);
        Reading reading = new Reading();
        for (int i = 1; i < lines.size() - 1; i++) {
            try {
                reading.line(lines.get(i).split("\t", -1));
            } catch (RuntimeException e) {
                // What Java says of text that is no number, or of a field that is not there, is for programmers.
                String why = e.getClass() == IllegalArgumentException.class ? e.getMessage() : "a field is wrong";
                throw new IllegalArgumentException("is not understood at line " + (i + 1) + ": " + why, e);
            }
        }
        return reading.metadata();
    }

    /// Something written and something found that differ.
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final String expected;
        final String found;

        Mismatch(String problem, String expected, String found) {
            super(problem);
            this.expected = expected;
            this.found = found;
        }
    }

    private static void requireSum(byte[] bytes, String text) {
        int last = text.lastIndexOf("\nsum\t");
        // Where bytes are no UTF-8, lengths in characters say nothing; then the sum cannot agree either.
        int length = last < 0 ? 0 : text.substring(0, last + 1).getBytes(StandardCharsets.UTF_8).length;
        byte[] summed = Arrays.copyOf(bytes, Math.min(length, bytes.length));
        String expected = "sum\t" + HEX.toHexDigits(sum(summed)) + "\n";
        String found = new String(bytes, summed.length, bytes.length - summed.length, StandardCharsets.UTF_8);
        if (!found.equals(expected)) {
            String word = found.startsWith("sum\t") ? found.substring(4).strip() : "none";
            if (found.strip().equals(expected.strip())) {
                throw new IllegalArgumentException("does not end with the line of its checksum");
            }
            throw new Mismatch("does not match its checksum", word, HEX.toHexDigits(sum(summed)));
        }
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    private static void columns(StringBuilder text, List<ColumnEntry> columns) {
        for (ColumnEntry column : columns) {
            line(text, "column", column.name(), column.type().word(), column.width());
        }
    }

    private static void line(StringBuilder text, Object... fields) {
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : "\t").append(escaped(String.valueOf(fields[i])));
        }
        text.append('\n');
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescaped(String field) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\') {
                c = switch (field.charAt(++i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> '\\';
                };
            }
            name.append(c);
        }
        return name.toString();
    }

    /// The lines read so far.
    private static final class Reading {
        private final List<NodeEntry> nodes = new ArrayList<>();
        private final List<EdgeEntry> edges = new ArrayList<>();
        private final List<FileEntry> files = new ArrayList<>();
        private final List<List<ColumnEntry>> nodeColumns = new ArrayList<>();
        private final List<List<ColumnEntry>> edgeColumns = new ArrayList<>();

        void line(String[] fields) {
            switch (fields[0]) {
                case "nodes" -> {
                    nodeColumns.add(new ArrayList<>());
                    boolean text = oneOf(fields[3], "text-ids", "integer-ids");
                    boolean timed = oneOf(fields[4], "timed", "untimed");
                    nodes.add(new NodeEntry(name(fields), count(fields[2]), text, timed, List.of()));
                }
                case "edges" -> {
                    edgeColumns.add(new ArrayList<>());
                    long count = Long.parseLong(fields[4]);
                    int reverse = Integer.parseInt(fields[5]);
                    int source = count(fields[2]);
                    edges.add(new EdgeEntry(name(fields), source, count(fields[3]), count, reverse, false, List.of()));
                }
                case "positions" -> {
                    EdgeEntry last = edges.removeLast();
                    edges.add(new EdgeEntry(
                            last.name(), last.source(), last.target(), last.count(), last.reverse(), true, List.of()));
                }
                case "column" -> column(fields);
                case "file" -> {
                    if (!fields[1].matches("[a-z0-9.-]+")) {
                        throw new IllegalArgumentException("no name of a file: " + fields[1]);
                    }
                    int sum = HexFormat.fromHexDigits(fields[4]);
                    files.add(new FileEntry(fields[1], kind(fields[2]), Long.parseLong(fields[3]), sum));
                }
                default -> throw new IllegalArgumentException("no such line: " + fields[0]);
            }
        }

        Metadata metadata() {
            List<NodeEntry> withColumns = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                NodeEntry node = nodes.get(i);
                withColumns.add(
                        new NodeEntry(node.name(), node.count(), node.textIds(), node.timed(), nodeColumns.get(i)));
            }
            List<EdgeEntry> edgesWithColumns = new ArrayList<>();
            for (int i = 0; i < edges.size(); i++) {
                EdgeEntry e = edges.get(i);
                edgesWithColumns.add(new EdgeEntry(
                        e.name(), e.source(), e.target(), e.count(), e.reverse(), e.positions(), edgeColumns.get(i)));
            }
            return new Metadata(withColumns, edgesWithColumns, files);
        }

        private void column(String[] fields) {
            ColumnType type = ColumnType.of(fields[2])
                    .orElseThrow(() -> new IllegalArgumentException("no such column type: " + fields[2]));
            List<List<ColumnEntry>> owners = edges.isEmpty() ? nodeColumns : edgeColumns;
            owners.getLast().add(new ColumnEntry(name(fields), type, count(fields[3])));
        }

        private static String name(String[] fields) {
            return unescaped(fields[1]);
        }

        private static int count(String field) {
            int count = Integer.parseInt(field);
            if (count < 0) {
                throw new IllegalArgumentException("a negative count: " + field);
            }
            return count;
        }

        private static boolean oneOf(String field, String yes, String no) {
            if (!field.equals(yes) && !field.equals(no)) {
                throw new IllegalArgumentException(field + " is neither " + yes + " nor " + no);
            }
            return field.equals(yes);
        }

        private static Kind kind(String word) {
            for (Kind kind : Kind.values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no such kind of file: " + word);
        }
    }
}
