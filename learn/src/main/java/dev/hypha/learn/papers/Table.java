package dev.hypha.learn.papers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A resource of this package that is lines of fields between tabs, below a line with the names of the columns.
final class Table {
    private Table() {}

    /// @return the fields of each line after the first
    /// @throws IllegalStateException where the resource is not there or a line does not have those columns
    static List<List<String>> rows(String resource, String... columns) {
        List<List<String>> lines = text(resource).lines().map(Table::fields).toList();
        if (lines.isEmpty() || !lines.getFirst().equals(List.of(columns))) {
            throw new IllegalStateException(resource + " does not start with the columns " + Arrays.toString(columns));
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).size() == columns.length) continue;
            throw new IllegalStateException(
                    resource + ", line " + (i + 1) + ": " + lines.get(i).size() + " fields, not " + columns.length);
        }
        return lines.subList(1, lines.size());
    }

    private static List<String> fields(String line) {
        return List.of(line.split("\t", -1));
    }

    /// A resource as text.
    static String text(String resource) {
        try (InputStream in = Table.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("there is no resource " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
