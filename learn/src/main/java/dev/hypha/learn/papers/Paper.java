package dev.hypha.learn.papers;

import java.util.List;
import java.util.OptionalInt;

/// A paper and what an implementation of it must pass: a row of `papers.tsv`.
///
/// @param id 0 to 319 for the papers that Hypha sets out to cover; none for the foundations that those stand on
/// @param name as the field calls it, unique
/// @param kind `method`, `benchmark`, `system`, `theory` or `survey`
/// @param check what must hold before the paper counts as covered, in a sentence or two
public record Paper(OptionalInt id, String name, String title, String family, String kind, String check) {
    /// From the fields of a row.
    static Paper of(List<String> row) {
        String id = row.getFirst();
        return new Paper(
                id.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(id)),
                row.get(1),
                row.get(2),
                row.get(3),
                row.get(4),
                row.get(5));
    }
}
