package dev.hypha.learn.papers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What implements a paper and by what its check is shown: a row of `implemented.tsv`.
///
/// @param paper its name
/// @param method a name of the model catalogue, or of a class where it is no model
/// @param shows how much of the check is shown
/// @param by what shows it, words such as `reproduce:dagnn` (a setting) and
///     `test:learn/dev.hypha.learn.zoo.SgcTest#limit` (a module's test)
/// @param note where the check could not be taken as it stands: the reason, and what is shown instead; may be empty
public record Implementation(String paper, String method, Extent shows, List<String> by, String note) {
    private static final String SETTING = "reproduce:";
    private static final String TEST = "test:";

    public Implementation {
        by = List.copyOf(by);
        if (by.stream().anyMatch(word -> !word.startsWith(SETTING) && !word.startsWith(TEST))) {
            throw new IllegalArgumentException(paper + " is shown by neither a setting nor a test: " + by);
        }
        if (by.isEmpty() != (shows == Extent.NONE)) {
            throw new IllegalArgumentException(paper + " shows " + shows + " of its check by " + by);
        }
    }

    /// How much of a paper's check is shown.
    public enum Extent {
        ALL,
        PART,
        NONE
    }

    /// From the fields of a row.
    static Implementation of(List<String> row) {
        return new Implementation(
                row.getFirst(),
                row.get(1),
                Extent.valueOf(row.get(2).toUpperCase(Locale.ROOT)),
                Arrays.stream(row.get(3).split(" "))
                        .filter(word -> !word.isEmpty())
                        .toList(),
                row.get(4));
    }

    /// A model's name as it is; of a class the last part of its name.
    public String shortMethod() {
        return method.substring(method.lastIndexOf('.') + 1);
    }

    /// Names of the settings that show it.
    public List<String> settings() {
        return named(SETTING);
    }

    /// Tests that show it, as `module/class#method`.
    public List<String> tests() {
        return named(TEST);
    }

    private List<String> named(String prefix) {
        Stream<String> words = by.stream().filter(word -> word.startsWith(prefix));
        return words.map(word -> word.substring(prefix.length())).toList();
    }
}
