package dev.hypha.learn.papers;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All papers there are and what implements them: `papers.tsv`, which does not change, and `implemented.tsv`, to which
/// every method adds its line.
public final class Papers {
    private static final List<Paper> ALL =
            Table.rows("papers.tsv", "id", "short", "title", "family", "kind", "check").stream()
                    .map(Paper::of)
                    .toList();
    private static final List<Implementation> IMPLEMENTATIONS =
            Table.rows("implemented.tsv", "paper", "method", "shows", "by", "note").stream()
                    .map(Implementation::of)
                    .toList();

    static {
        Set<String> names = new HashSet<>();
        for (Paper paper : ALL) {
            if (!names.add(paper.name())) throw new IllegalStateException("two papers are called " + paper.name());
        }
        Set<List<String>> lines = new HashSet<>();
        for (Implementation each : IMPLEMENTATIONS) {
            if (!names.contains(each.paper())) throw new IllegalStateException("no paper is called " + each.paper());
            if (!lines.add(List.of(each.paper(), each.method()))) {
                throw new IllegalStateException("two lines say that " + each.method() + " implements " + each.paper());
            }
        }
    }

    private Papers() {}

    /// All papers: the foundations, then those with numbers.
    public static List<Paper> all() {
        return ALL;
    }

    /// All that is implemented of them.
    public static List<Implementation> implementations() {
        return IMPLEMENTATIONS;
    }

    /// How far each paper is covered, in the order of [#all].
    ///
    /// @param records what was measured last
    public static List<Coverage> coverage(Records records) {
        return ALL.stream().map(paper -> Coverage.of(paper, records)).toList();
    }
}
