package dev.hypha.relational.query;

import java.util.Locale;
import java.util.Set;

/// The words that cannot be a bare name at the start of a reference; in double quotes, or after a dot, they can.
final class Keywords {
    private static final Set<String> RESERVED = Set.of(
            "PREDICT", "RANK", "FOR", "WHERE", "GIVEN", "AS", "AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "IS", "NULL",
            "TRUE", "FALSE", "VIA");

    private Keywords() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }

    /// True for a name that can be written without quotes.
    static boolean isPlain(String name) {
        return !name.isEmpty()
                && Lexer.startsWord(name.charAt(0))
                && name.chars().allMatch(c -> Lexer.continuesWord((char) c))
                && !isReserved(name);
    }
}
