package dev.hypha.relational.database;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the words in names of tables and columns: `InvoiceLine`, `invoice_lines` and `tbl_invoice_line` say the same.
final class Names {
    private static final Set<String> PREFIXES = Set.of("tbl", "dim", "fact", "fct", "stg", "raw", "t");
    private static final Map<String, String> IRREGULAR = Map.of(
            "people", "person", "children", "child", "men", "man", "women", "woman", "staff", "staff", "mice", "mouse");

    private Names() {}

    /// @return the words of a list written with blanks between them
    static Set<String> set(String words) {
        return Set.of(words.split("\\s+", -1));
    }

    /// @return the words in lower case: `LastEditorUserId` gives last, editor, user, id
    static List<String> words(String name) {
        String spaced =
                name.replaceAll("([\\p{Ll}\\d])(\\p{Lu})", "$1 $2").replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2");
        List<String> words = new ArrayList<>();
        for (String word : spaced.split("[^\\p{L}\\p{N}]+", -1))
            if (!word.isEmpty()) words.add(word.toLowerCase(Locale.ROOT));
        return words;
    }

    /// @return all letters and digits in lower case, without gaps: `driver_id` and `driverId` are one name
    static String flat(String name) {
        return String.join("", words(name));
    }

    /// @return what one row of the table may be called, without gaps: `order_lines` gives orderline, orderlines
    static Set<String> row(String table) {
        List<String> words = words(table);
        if (words.size() > 1 && PREFIXES.contains(words.getFirst())) words = words.subList(1, words.size());
        if (words.isEmpty()) return Set.of();
        String before = String.join("", words.subList(0, words.size() - 1));
        Set<String> all = new LinkedHashSet<>();
        for (String last : singulars(words.getLast())) all.add(before + last);
        return all;
    }

    /// @return what one row may be called by the last word of the table alone: `sprint_results` gives result, results
    static Set<String> lastWord(String table) {
        List<String> words = words(table);
        return words.isEmpty() ? Set.of() : singulars(words.getLast());
    }

    /// The word, and what it may be the plural (or gerund) of. Some are no words; they match no column then.
    private static Set<String> singulars(String word) {
        Set<String> all = new LinkedHashSet<>(List.of(word));
        if (IRREGULAR.containsKey(word)) all.add(IRREGULAR.get(word));
        if (word.endsWith("ies")) all.add(word.substring(0, word.length() - 3) + "y");
        if (word.endsWith("es") && word.length() > 3) all.add(word.substring(0, word.length() - 2));
        if (word.endsWith("s") && word.length() > 2) all.add(word.substring(0, word.length() - 1));
        if (word.endsWith("ing") && word.length() > 5) all.add(word.substring(0, word.length() - 3));
        return all;
    }

    /// @return whether the last words of `name`, joined, are `suffix`, and something stands before them
    static boolean endsWithWords(String name, String suffix) {
        List<String> words = words(name);
        for (int from = 1; from < words.size(); from++)
            if (String.join("", words.subList(from, words.size())).equals(suffix)) return true;
        return false;
    }
}
