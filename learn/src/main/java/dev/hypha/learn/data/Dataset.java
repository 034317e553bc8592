package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.learn.data.DataFolders.Found;
import dev.hypha.learn.data.NodeFiles.Columns;
import dev.hypha.tensor.Memory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A set of data that has a name: what it is, where it is from, and what its files are, to the byte.
///
/// @param name on the command line
/// @param title for people
/// @param folder that its files lie in, within a folder of data
/// @param origin where it was published: a repository, its revision and the path there
/// @param licence as the origin states it
/// @param address a URL that its files can be downloaded from by their names, or null
/// @param tables the name of the file of each table: `nodes`, `edges`, and perhaps `features`, `splits`,
///     `classes`
/// @param target column of the table of nodes that is predicted, or null for `label`
/// @param unknown what stands there for a label that is not known, or null
/// @param directed whether edges lead one way
/// @param family what its splits are called, or null; then the table of nodes may have a split as a column
/// @param bundled whether it comes with this program
/// @param sha256 of its files by their names
public record Dataset(
        String name,
        String title,
        String folder,
        String origin,
        String licence,
        String address,
        Map<String, String> tables,
        String target,
        List<String> unknown,
        boolean directed,
        String family,
        boolean bundled,
        Map<String, String> sha256) {
    public Dataset {
        tables = Map.copyOf(tables);
        unknown = unknown == null ? List.of() : List.copyOf(unknown);
        sha256 = Map.copyOf(sha256);
    }

    /// Reads it.
    ///
    /// @param folders where to look for it
    /// @param memory for its features
    /// @throws InputException when it cannot be had, or its files are not what they should be
    public NodeData open(DataFolders folders, Memory memory) {
        try (Found found = folders.find(this)) {
            NodeData data = NodeReader.read(files(found.folder()), memory);
            return found.downloaded()
                    ? data.withNote("Downloaded from " + address + " into " + found.folder() + ".")
                    : data;
        }
    }

    private NodeFiles files(Path at) {
        Columns columns = Columns.of(
                Objects.requireNonNullElse(target, "label"), Set.copyOf(unknown), family == null ? "split" : "");
        return new NodeFiles(
                name,
                at.resolve(tables.get("nodes")),
                at.resolve(tables.get("edges")),
                table(at, "features"),
                table(at, "splits")
                        .map(file -> Map.of(file, Objects.requireNonNullElse(family, "")))
                        .orElse(Map.of()),
                table(at, "classes"),
                columns,
                directed);
    }

    private Optional<Path> table(Path at, String name) {
        return Optional.ofNullable(tables.get(name)).map(at::resolve);
    }
}
