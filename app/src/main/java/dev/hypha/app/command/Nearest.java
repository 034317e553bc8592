package dev.hypha.app.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Names that a mistyped one may have meant.
final class Nearest {
    private static final int SHOWN = 2;

    private Nearest() {}

    /// A question such as `Did you mean --seed or --seeds?`; empty where nothing is near enough.
    static String question(String typed, Collection<String> names) {
        List<String> near = of(typed, names);
        return near.isEmpty() ? "" : near.stream().collect(Collectors.joining(" or ", "Did you mean ", "?"));
    }

    /// The nearest names by edit distance, nearest first; a name that begins with what was typed is always near.
    static List<String> of(String typed, Collection<String> names) {
        int limit = Math.max(1, typed.length() / 3);
        return names.stream()
                .filter(name -> name.startsWith(typed) || distance(typed, name) <= limit)
                .sorted(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    /// Levenshtein's distance: insertions, deletions and replacements that turn `a` into `b`.
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
