package dev.hypha.learn.node;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.learn.data.Dataset;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeFiles;
import dev.hypha.learn.data.NodeFiles.Columns;
import dev.hypha.learn.data.NodeReader;
import dev.hypha.learn.data.StoreReader;
import dev.hypha.tensor.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to learn from, as a person names it: a data set of the catalogue, a folder of tables, or a table
/// of nodes and one of edges.
///
/// @param name of a data set, a folder or a table of nodes
/// @param edges table of edges, with a table of nodes
/// @param features table of features, with a table of nodes
/// @param columns which columns are what; none for a data set, or for the usual ones of a folder
/// @param directed whether the edges of a table of edges lead one way
public record DataSource(
        String name, Optional<Path> edges, Optional<Path> features, Optional<Columns> columns, boolean directed) {
    /// A data set or a folder with the usual columns.
    public DataSource(String name) {
        this(name, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// Reads it.
    ///
    /// @param memory for its features
    /// @throws InputException where there is nothing of that name, or it cannot be read
    public NodeData open(Memory memory) {
        Path path = Path.of(name);
        if (edges.isPresent()) return NodeReader.read(tables(path, edges.get()), memory);
        if (Datasets.has(name)) {
            refuseColumns();
            return Datasets.open(name, memory);
        }
        if (Files.isDirectory(path) && NodeFiles.in(path)) {
            return NodeReader.read(folder(path), memory);
        }
        if (GraphStore.isStore(path)) {
            return StoreReader.read(path, columns.orElse(Columns.OF_STORE), directed, memory);
        }
        throw unknown(path);
    }

    /// Without a table of features, the columns of the table of nodes are features.
    private NodeFiles folder(Path path) {
        NodeFiles usual = NodeFiles.of(path, columns.orElse(Columns.USUAL));
        boolean bare = columns.isEmpty() && usual.features().isEmpty();
        return bare ? NodeFiles.of(path, Columns.USUAL.withFeatures()) : usual;
    }

    private NodeFiles tables(Path nodes, Path edges) {
        return new NodeFiles(
                subject(), nodes, edges, features, Map.of(), Optional.empty(), columns.orElse(Columns.USUAL), directed);
    }

    private void refuseColumns() {
        if (columns.isEmpty() && features.isEmpty() && !directed) return;
        throw new InputException(
                "unused-option",
                "the data set " + name + " says itself which columns are what",
                Map.of("data", name),
                "Leave --target and the like out; they are for tables of your own.");
    }

    private InputException unknown(Path path) {
        if (Files.isRegularFile(path)) {
            return new InputException(
                    "missing-argument",
                    "there is a table of nodes, " + path + ", and none of edges",
                    Map.of("argument", "EDGES"),
                    "Name it after the table of nodes.");
        }
        List<String> names = Datasets.all().stream().map(Dataset::name).toList();
        return new InputException(
                "unknown-data",
                Files.isDirectory(path)
                        ? "the folder " + path + " is no store and has no nodes.csv"
                        : "there is no data set, no folder and no file '" + name + "'",
                Map.of("data", name),
                Nearest.to(name, names)
                        .map(nearest -> "Did you mean " + nearest + "?")
                        .orElseGet(() -> "Data sets are " + String.join(", ", names) + "."));
    }

    /// In a few words, for names of files.
    public String subject() {
        String file = Path.of(name).toAbsolutePath().normalize().getFileName().toString();
        return file.replaceFirst("\\.[a-z]+(\\.gz)?$", "").replaceAll("[^A-Za-z0-9-]+", "-");
    }
}
