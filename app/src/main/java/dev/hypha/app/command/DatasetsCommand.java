package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.learn.Progress;
import dev.hypha.learn.data.DataFolders;
import dev.hypha.learn.data.Dataset;
import dev.hypha.learn.data.Datasets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hypha datasets`: the sets of data that have a name, and where they are on this machine.
@Command(
        name = "datasets",
        description = "Lists the data sets that have a name, and where each is on this machine.",
        footer = {
            "",
            "Examples:",
            "  hypha datasets                   every set, with the folder that it is read from",
            "  hypha datasets texas --json      its origin, its licence, and the SHA-256 of its files",
            "",
            "A set is looked for in the folder HYPHA_DATA, in ../shared/data and in the cache (HYPHA_CACHE), each in a",
            "folder of its own; files with another SHA-256 than the catalogue says are refused. See",
            "docs/node-prediction.md."
        })
final class DatasetsCommand extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "A data set (default: list all).")
    private String name;

    @Override
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--out", "--estimate", "--resume");
    }

    @Override
    Answer answer(Progress progress) {
        DataFolders folders = DataFolders.usual();
        List<Dataset> sets = name == null ? Datasets.all() : List.of(Datasets.named(name));
        List<ObjectNode> objects = sets.stream().map(set -> json(set, folders)).toList();
        return new Answer(objects, name == null ? list(sets, folders) : one(sets.getFirst(), folders), Exit.DONE);
    }

    private static String list(List<Dataset> sets, DataFolders folders) {
        Columns columns = new Columns().row("data set", "what it is", "where it is read from");
        sets.forEach(set -> columns.row(set.name(), set.title(), where(set, folders)));
        return columns.text() + System.lineSeparator() + "Looked for in " + places(folders.all()) + ".";
    }

    private static String places(List<Path> folders) {
        return folders.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static String where(Dataset set, DataFolders folders) {
        Optional<Path> folder = folders.where(set);
        if (folder.isPresent()) return folder.get().toString();
        if (set.bundled()) return "comes along";
        return set.address() == null ? "not here" : "downloaded from " + set.address() + " when it is asked for";
    }

    private static String one(Dataset set, DataFolders folders) {
        Columns columns = new Columns()
                .row("data set", set.name())
                .row("what it is", set.title())
                .row("where it is read from", where(set, folders))
                .row("origin", set.origin())
                .row("licence", set.licence())
                .row("folder", set.folder());
        new TreeMap<>(set.sha256()).forEach((file, sum) -> columns.row(file, "SHA-256 " + sum));
        return columns.text();
    }

    private static ObjectNode json(Dataset set, DataFolders folders) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("data", set.name())
                .put("title", set.title())
                .put("origin", set.origin())
                .put("licence", set.licence())
                .put("address", set.address())
                .put("bundled", set.bundled())
                .put("folder", folders.where(set).map(Path::toString).orElse(null));
        List<String> looked = new ArrayList<>();
        folders.all().forEach(folder -> looked.add(folder.resolve(set.folder()).toString()));
        looked.forEach(object.putArray("lookedFor")::add);
        ObjectNode sums = object.putObject("sha256");
        new TreeMap<>(set.sha256()).forEach(sums::put);
        return object;
    }
}
