package dev.hypha.learn.rewiring;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.Options;
import java.util.List;
import java.util.Map;

/// All rewirings there are, in the order they are listed for people.
public final class Rewirings {
    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "borf",
                    "Nguyen et al., \"Revisiting over-smoothing and over-squashing using Ollivier-Ricci curvature\", ICML 2023",
                    Borf.class),
            new Entry(
                    "gtr",
                    "Black et al., \"Understanding oversquashing in GNNs through the lens of effective resistance\", ICML 2023",
                    Gtr.class),
            new Entry("laser", "Barbero et al., \"Locality-aware graph rewiring in GNNs\", ICLR 2024", Laser.class));

    private Rewirings() {}

    /// A rewiring as it is listed.
    ///
    /// @param name on the command line and in run files
    /// @param paper where it was published
    /// @param type a record that implements [Rewiring]
    public record Entry(String name, String paper, Class<? extends Record> type) {
        /// The rewiring with the options given, defaults elsewhere.
        ///
        /// @throws InputException for an unknown option or a value it cannot have
        public Rewiring make(Map<String, String> options) {
            return (Rewiring) Options.read(type, options);
        }
    }

    /// All entries.
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /// The entry of that name.
    ///
    /// @throws InputException when there is none, with the nearest name and the list
    public static Entry named(String name) {
        List<String> names = ENTRIES.stream().map(Entry::name).toList();
        int at = names.indexOf(name);
        if (at >= 0) return ENTRIES.get(at);
        throw new InputException(
                "unknown-rewiring",
                "there is no rewiring '" + name + "'",
                Map.of("rewire", name),
                Nearest.hint(name, names) + " There are " + String.join(", ", names) + ".");
    }
}
