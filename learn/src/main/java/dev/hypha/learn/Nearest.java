package dev.hypha.learn;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known name that a mistyped one most likely meant.
public final class Nearest {
    private Nearest() {}

    /// @return the known name with the fewest edits (case aside), if at most a third of its letters (and at least two)
    ///     would change; the first of equals
    public static Optional<String> to(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(k -> edits(name, k)))
                .filter(k -> edits(name, k) <= Math.max(2, k.length() / 3));
    }

    /// One sentence for [dev.hypha.graph.InputException#hint()]: the nearest name, or else all of them.
    public static String hint(String name, Collection<String> known) {
        return to(name, known)
                .map(k -> "Did you mean '" + k + "'?")
                .orElse(known.isEmpty() ? "There are none." : "Known are: " + String.join(", ", known) + ".");
    }

    /// Levenshtein distance without regard to case: insertions, deletions and replacements.
    static int edits(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) above[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
