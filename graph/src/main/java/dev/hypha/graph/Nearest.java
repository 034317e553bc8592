package dev.hypha.graph;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known name that a mistyped one most likely meant.
public final class Nearest {
    /// More names than this are not listed.
    private static final int LISTED = 20;

    private Nearest() {}

    /// @return the known name with the fewest edits, if about a third of its letters or fewer would change; upper and
    ///     lower case and the dashes before an option count for nothing
    public static Optional<String> to(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name ->
                        distance(wrong, name) <= Math.ceilDiv(letters(name).length(), 3));
    }

    /// One sentence for [InputException#hint()]: the nearest name, or else all of them where they are few.
    public static String hint(String wrong, Collection<String> known) {
        return to(wrong, known).map(name -> "Did you mean " + name + "?").orElseGet(() -> listed(known));
    }

    private static String listed(Collection<String> known) {
        if (known.isEmpty()) return "There are none.";
        return known.size() > LISTED
                ? "None of the " + known.size() + " names there are is like it."
                : "Known are: " + String.join(", ", known) + ".";
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^-+", "");
    }

    /// @return letters to insert, delete or replace to turn `left` into `right` (Levenshtein)
    static int distance(String left, String right) {
        String a = letters(left);
        String b = letters(right);
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
