package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where data with a name is looked for, one place after the other: folders of the user's, the user's cache, what comes
/// with this program, and, where it has an address, there; what is downloaded is put into the cache. Files that are not
/// what the catalogue says, to the byte, are refused.
///
/// @param folders of data, each with a folder per set
/// @param cache a folder of data that downloads are put into
public record DataFolders(List<Path> folders, Path cache) {
    public DataFolders {
        folders = List.copyOf(folders);
    }

    /// The folder in `HYPHA_DATA`, `data` in the folder in `HYPHA_SHARED` or else in `../shared`; and the cache in
    /// `HYPHA_CACHE`, in `XDG_CACHE_HOME/hypha`, or in `.cache/hypha` of the user's home.
    public static DataFolders usual() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    static DataFolders of(Map<String, String> environment, Path home) {
        List<Path> folders = new ArrayList<>();
        if (environment.containsKey("HYPHA_DATA")) folders.add(Path.of(environment.get("HYPHA_DATA")));
        folders.add(Path.of(environment.getOrDefault("HYPHA_SHARED", "../shared"), "data"));
        Path caches = environment.containsKey("XDG_CACHE_HOME")
                ? Path.of(environment.get("XDG_CACHE_HOME"))
                : home.resolve(".cache");
        Path cache = environment.containsKey("HYPHA_CACHE")
                ? Path.of(environment.get("HYPHA_CACHE"))
                : caches.resolve("hypha");
        return new DataFolders(folders, cache.resolve("data"));
    }

    /// A folder with the files of a set; closed when they are read.
    ///
    /// @param folder that holds them
    /// @param passing whether it is made for this and deleted afterwards
    /// @param downloaded whether the files were brought from the set's address just now
    public record Found(Path folder, boolean passing, boolean downloaded) implements AutoCloseable {
        @Override
        public void close() {
            if (passing) delete(folder);
        }
    }

    /// The files of a set, all with the right checksums.
    ///
    /// @throws InputException when there are none anywhere, or those there are differ
    public Found find(Dataset set) {
        Optional<Path> place = where(set);
        if (place.isPresent()) {
            check(place.get(), set);
            return new Found(place.get(), false, false);
        }
        if (set.bundled()) return bundled(set);
        if (set.address() != null) return new Found(Download.of(set, cache.resolve(set.folder())), false, true);
        throw missing(set);
    }

    /// The folder that the files of a set are read from, if they are in one; their checksums are not looked
    /// at.
    public Optional<Path> where(Dataset set) {
        return all().stream()
                .map(folder -> folder.resolve(set.folder()))
                .filter(place -> holds(place, set))
                .findFirst();
    }

    /// Where sets are looked for, one after the other.
    public List<Path> all() {
        return Stream.concat(folders.stream(), Stream.of(cache)).toList();
    }

    private static boolean holds(Path place, Dataset set) {
        return set.sha256().keySet().stream().allMatch(name -> Files.isRegularFile(place.resolve(name)));
    }

    /// @throws InputException naming the first file that is not what the catalogue says
    static void check(Path place, Dataset set) {
        set.sha256().forEach((name, expected) -> {
            String actual = Checksum.of(place.resolve(name));
            if (actual.equals("sha256:" + expected)) return;
            throw new InputException(
                    "wrong-checksum",
                    place.resolve(name) + " is not the file of the data set " + set.name() + ": its SHA-256 is "
                            + actual.substring("sha256:".length()) + ", not " + expected,
                    Map.of("file", place.resolve(name).toString(), "data", set.name()),
                    "Get it again, or name the folder itself to read what is there as data of your own.");
        });
    }

    private static Found bundled(Dataset set) {
        try {
            Path folder = Files.createTempDirectory("hypha-" + set.name());
            for (String name : set.sha256().keySet()) {
                try (InputStream in = Datasets.class.getResourceAsStream(set.folder() + "/" + name)) {
                    Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            check(folder, set);
            return new Found(folder, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the data set " + set.name(), e);
        }
    }

    private InputException missing(Dataset set) {
        String places = all().stream()
                .map(folder -> folder.resolve(set.folder()).toString())
                .collect(Collectors.joining(", "));
        return new InputException(
                "no-data",
                "the data set " + set.name() + " is not on this machine: looked for it in " + places,
                Map.of("data", set.name()),
                "It is from " + set.origin() + ". Put its tables "
                        + String.join(", ", new TreeSet<>(set.sha256().keySet()))
                        + " into one of these folders, or say where they are with HYPHA_DATA.");
    }

    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
