package dev.hypha.relational.query;

import java.util.ArrayList;
import java.util.List;

/// Cuts a query into tokens. Space, line ends and comments (`-- to the end of the line`) separate and mean nothing
/// else.
final class Lexer {
    private static final List<String> SIGNS =
            List.of("<>", "!=", "<=", ">=", "(", ")", ",", ".", "*", "=", "<", ">", "+", "-", "/", "%", ";");

    private final QueryText query;
    private final String text;
    private int at;

    private Lexer(QueryText query) {
        this.query = query;
        this.text = query.text();
    }

    /// @return the tokens, the last of which is `END`
    static List<Token> tokens(QueryText query) {
        Lexer lexer = new Lexer(query);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Token.Kind.END);
        return tokens;
    }

    static boolean startsWord(char c) {
        return Character.isLetter(c) || c == '_';
    }

    static boolean continuesWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private Token next() {
        skipBlanks();
        if (at == text.length()) return new Token(Token.Kind.END, "", at);
        char c = text.charAt(at);
        if (startsWord(c)) return word();
        if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) return number();
        if (c == '\'') return quoted('\'', Token.Kind.STRING, "text");
        if (c == '"') return quoted('"', Token.Kind.QUOTED, "name");
        return sign();
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (isBlank(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    /// Also the byte order mark that some editors put first.
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }

    private Token word() {
        int start = at;
        while (at < text.length() && continuesWord(text.charAt(at))) at++;
        return new Token(Token.Kind.WORD, text.substring(start, at), start);
    }

    private Token number() {
        int start = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        exponent();
        if (at < text.length() && startsWord(text.charAt(at))) {
            throw query.error(
                    "syntax",
                    at,
                    "expected a space, a sign or the end after the number " + text.substring(start, at),
                    "A name that begins with a digit is written in double quotes.");
        }
        return new Token(Token.Kind.NUMBER, text.substring(start, at), start);
    }

    private void exponent() {
        int e = at;
        if (e == text.length() || Character.toLowerCase(text.charAt(e)) != 'e') return;
        e++;
        if (e < text.length() && (text.charAt(e) == '+' || text.charAt(e) == '-')) e++;
        if (e == text.length() || !isDigit(text.charAt(e))) return;
        at = e;
        digits();
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) at++;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// A doubled quote inside stands for one.
    private Token quoted(char quote, Token.Kind kind, String what) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == 0) throw query.error("syntax", at - 1, "the character U+0000 cannot be part of a " + what, "");
            if (c != quote) {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                value.append(c);
                at++;
            } else {
                return new Token(kind, value.toString(), start);
            }
        }
        throw query.error(
                "syntax", start, "expected a closing " + quote + " for the " + what + " that begins here", "close it");
    }

    private Token sign() {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Token.Kind.SIGN, sign.equals("!=") ? "<>" : sign, at - sign.length());
            }
        }
        throw query.error(
                "syntax",
                at,
                "the character '" + new String(Character.toChars(text.codePointAt(at))) + "' has no meaning here",
                "names with other characters than letters, digits and _ are written in double quotes");
    }
}
