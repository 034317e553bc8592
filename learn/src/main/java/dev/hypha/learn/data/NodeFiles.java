package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The tables that a graph with labelled nodes is read from; plain text or gzipped, with a header each.
///
/// | table | columns |
/// |---|---|
/// | nodes | an id, what is predicted, perhaps `split`: `train`, `val`, `test` or `none`, perhaps features |
/// | edges | `source`, `target`: ids; an edge from a node to itself is left out, a repeated one counts once |
/// | features | `node` and one of the three forms below; what no row names is 0 |
/// | splits | `node` and a column per split, of words as above |
/// | classes | `label`, `name`: what classes are called |
///
/// The forms of features: `feature`, a column from 0, and perhaps `value` (1 without it), a row for each;
/// `indices` (`3 17`) or `index:value` (`3:0.5 17:1`), all of a node in a cell; or a column of numbers for
/// each.
///
/// @param name of the data
/// @param features may be missing
/// @param splits each with the name of its family, which the number at the end of a column's name is added
///     to; an empty one leaves the columns' names as they are
/// @param classes may be missing
/// @param columns which columns are what
/// @param directed whether edges lead one way; otherwise both
public record NodeFiles(
        String name,
        Path nodes,
        Path edges,
        Optional<Path> features,
        Map<Path, String> splits,
        Optional<Path> classes,
        Columns columns,
        boolean directed) {
    /// Which columns of the tables are what.
    ///
    /// @param id of a node; empty for one called `id`, `node` or so, or else the first
    /// @param targets columns that are predicted: one, or one per class of several that a node may have
    /// @param task what is predicted, or null to be told by the column
    /// @param unknown what stands there, beside nothing, where the label is not known
    /// @param split column of a split, where the table of nodes has it; empty for none
    /// @param time column that nodes are ordered by; empty for none
    /// @param features whether the other columns of the table of nodes are features
    /// @param ignored columns that are not
    /// @param ends columns of the table of edges, first whence and then where to; empty for `source` and
    ///     `target`, or else the first two
    public record Columns(
            String id,
            List<String> targets,
            TaskKind task,
            Set<String> unknown,
            String split,
            String time,
            boolean features,
            List<String> ignored,
            List<String> ends) {
        /// `id`, `label` with -1 for what is not known, and `split`.
        public static final Columns USUAL = of("label", Set.of("-1"), "split");

        /// `label`, `split`, and all other columns as features.
        public static final Columns OF_STORE =
                new Columns("", List.of("label"), null, Set.of(), "split", "", true, List.of(), List.of());

        public Columns {
            targets = List.copyOf(targets);
            unknown = Set.copyOf(unknown);
            ignored = List.copyOf(ignored);
            ends = List.copyOf(ends);
        }

        /// The same, with all other columns of the table of nodes as features.
        public Columns withFeatures() {
            return new Columns(id, targets, task, unknown, split, time, true, ignored, ends);
        }

        /// A column `id`, no features beside those in a table of their own.
        static Columns of(String target, Set<String> unknown, String split) {
            return new Columns("id", List.of(target), null, unknown, split, "", false, List.of(), List.of());
        }
    }

    /// Whether a folder holds a table of nodes.
    public static boolean in(Path folder) {
        return Files.exists(folder.resolve("nodes.csv")) || Files.exists(folder.resolve("nodes.csv.gz"));
    }

    /// The tables of a folder by their names: `nodes.csv`, `edges.csv` (or `edges_directed.csv`),
    /// `features.csv` or `features_rows.csv`, `splits.csv` and `splits_FAMILY.csv`, `classes.csv`, each
    /// perhaps with `.gz` after it.
    ///
    /// @throws InputException if there is no table of nodes or none of edges
    public static NodeFiles of(Path folder, Columns columns) {
        boolean directed = find(folder, "edges_directed").isPresent();
        Map<Path, String> splits = new TreeMap<>();
        for (Path file : tables(folder, name -> name.startsWith("splits"))) splits.put(file, family(file));
        return new NodeFiles(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                table(folder, "nodes"),
                table(folder, directed ? "edges_directed" : "edges"),
                find(folder, "features").or(() -> find(folder, "features_rows")),
                splits,
                find(folder, "classes"),
                columns,
                directed);
    }

    /// All files, in an order of their own.
    List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(nodes, edges));
        features.ifPresent(all::add);
        all.addAll(splits.keySet());
        classes.ifPresent(all::add);
        return all;
    }

    private static String family(Path file) {
        String name = stem(file);
        return name.equals("splits") ? "" : name.substring("splits_".length()).replaceFirst("_?[0-9]+$", "");
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.csv(\\.gz)?$", "");
    }

    private static Path table(Path folder, String name) {
        return find(folder, name)
                .orElseThrow(() -> new InputException(
                        "no-file",
                        "there is no file " + folder.resolve(name + ".csv") + " or " + name + ".csv.gz",
                        Map.of("file", folder.resolve(name + ".csv").toString()),
                        "Check the folder."));
    }

    private static Optional<Path> find(Path folder, String name) {
        return tables(folder, name::equals).stream().findFirst();
    }

    private static List<Path> tables(Path folder, Predicate<String> name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.csv(\\.gz)?") && name.test(stem(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
