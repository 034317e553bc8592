package dev.hypha.relational.query;

import java.util.Locale;

/// A word, literal or sign of a query.
///
/// @param kind what it is
/// @param text its meaning: an identifier or string without quotes, a number's digits, the sign itself
/// @param at offset of its first character in the query's text
record Token(Kind kind, String text, int at) {
    enum Kind {
        /// Letters, digits and underscores; a keyword or a name.
        WORD,
        /// A name in double quotes; never a keyword.
        QUOTED,
        NUMBER,
        STRING,
        SIGN,
        END
    }

    boolean isKeyword(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /// How an error names it.
    String described() {
        return switch (kind) {
            case END -> "the end of the query";
            case STRING -> "the text '" + shortened() + "'";
            case NUMBER -> "the number " + shortened();
            case QUOTED -> "\"" + shortened() + "\"";
            case WORD ->
                Keywords.isReserved(text) ? "'" + text.toUpperCase(Locale.ROOT) + "'" : "'" + shortened() + "'";
            case SIGN -> "'" + text + "'";
        };
    }

    private String shortened() {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
