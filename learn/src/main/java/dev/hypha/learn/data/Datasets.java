package dev.hypha.learn.data;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.tensor.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The sets of data that have a name of their own, in the order they are listed for people.
public final class Datasets {
    private static final List<Dataset> ALL = read();

    private Datasets() {}

    private static List<Dataset> read() {
        try (InputStream in = Datasets.class.getResourceAsStream("datasets.json")) {
            return List.copyOf(new ObjectMapper().readValue(in, new TypeReference<List<Dataset>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the catalogue of data", e);
        }
    }

    /// All there are.
    public static List<Dataset> all() {
        return ALL;
    }

    /// Whether there is one of that name.
    public static boolean has(String name) {
        return ALL.stream().anyMatch(set -> set.name().equals(name));
    }

    /// The one of that name.
    ///
    /// @throws InputException when there is none, with the nearest name
    public static Dataset named(String name) {
        return ALL.stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow(() -> {
            List<String> names = ALL.stream().map(Dataset::name).toList();
            return new InputException(
                    "unknown-data",
                    "there is no data set '" + name + "'",
                    Map.of("data", name),
                    Nearest.hint(name, names));
        });
    }

    /// Reads the one of that name from where this machine has it; see [DataFolders].
    ///
    /// @param memory for its features
    /// @throws InputException when there is none of that name, it cannot be had, or its files are not what they
    ///     should be
    public static NodeData open(String name, Memory memory) {
        return named(name).open(DataFolders.usual(), memory);
    }
}
