package dev.hypha.relational.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The name somebody probably meant: the known one with the smallest edit distance, upper and lower case alike.
public final class Nearest {
    private Nearest() {}

    /// @return the nearest of `known`, absent where even that differs in more than half of the letters
    public static Optional<String> to(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> 2 * distance(wrong, name) <= Math.max(wrong.length(), name.length()));
    }

    /// @return a remedy for an unknown name: the nearest one, or all of them when there are few, or nothing useful
    public static String hint(String wrong, Collection<String> known) {
        return to(wrong, known)
                .map(name -> "did you mean " + name + "?")
                .orElse(
                        known.isEmpty() || known.size() > 20
                                ? "`hypha schema` lists the names"
                                : "known are " + String.join(", ", known));
    }

    /// @return letters to insert, delete or replace to turn `left` into `right` (Levenshtein)
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) above[j] = j;
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
