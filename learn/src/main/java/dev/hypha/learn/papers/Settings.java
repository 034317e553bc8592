package dev.hypha.learn.papers;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import java.util.List;
import java.util.Map;

/// All settings there are: resources beside the papers, each named by what it shows in `implemented.tsv`.
public final class Settings {
    private Settings() {}

    /// Names of all settings, in the order of `implemented.tsv`.
    public static List<String> names() {
        return Papers.implementations().stream()
                .flatMap(implementation -> implementation.settings().stream())
                .distinct()
                .toList();
    }

    /// The setting of that name, in capitals or not.
    ///
    /// @throws InputException where there is none, with the nearest name
    public static Setting named(String name) {
        List<String> names = names();
        return names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(Settings::read)
                .orElseThrow(() -> new InputException(
                        "unknown-setting",
                        "There is no setting '" + name + "' to reproduce",
                        Map.of("setting", name),
                        Nearest.hint(name, names)));
    }

    private static Setting read(String name) {
        return Setting.parse(name, Table.text("settings/" + name + ".json"));
    }
}
