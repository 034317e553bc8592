package dev.hypha.tensor.safetensors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// As much JSON as a safetensors header has: objects, arrays, strings and whole numbers of 64 bits. Strict: a
/// repeated key, another kind of value, deep nesting or trailing text is refused.
final class Json {
    private static final int DEPTH = 8;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /// @return a [Map], a [List], a [String] or a [Long]
    static Object parse(byte[] utf8) throws HeaderException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            Json json = new Json(text);
            Object value = json.value(0);
            json.skipSpace();
            if (json.at < text.length()) throw json.broken("more text");
            return value;
        } catch (CharacterCodingException e) {
            throw new HeaderException("its header is not UTF-8");
        }
    }

    static String quote(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private HeaderException broken(String what) {
        return new HeaderException("its header is broken at character %d: %s".formatted(at, what));
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private char peek() throws HeaderException {
        skipSpace();
        if (at == text.length()) throw broken("it ends");
        return text.charAt(at);
    }

    private void expect(char wanted) throws HeaderException {
        if (peek() != wanted) throw broken("expected " + wanted);
        at++;
    }

    private boolean taken(char wanted) throws HeaderException {
        if (peek() != wanted) return false;
        at++;
        return true;
    }

    private Object value(int depth) throws HeaderException {
        if (depth > DEPTH) throw broken("nested too deep");
        char c = peek();
        if (c == '{') return object(depth);
        if (c == '[') return array(depth);
        if (c == '"') return string();
        return number();
    }

    private Map<String, Object> object(int depth) throws HeaderException {
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        if (taken('}')) return members;
        do {
            String key = string();
            expect(':');
            if (members.put(key, value(depth + 1)) != null) throw broken("'" + key + "' stands there twice");
        } while (taken(','));
        expect('}');
        return members;
    }

    private List<Object> array(int depth) throws HeaderException {
        List<Object> items = new ArrayList<>();
        expect('[');
        if (taken(']')) return items;
        do {
            items.add(value(depth + 1));
        } while (taken(','));
        expect(']');
        return items;
    }

    private String string() throws HeaderException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') return string.toString();
            if (c < ' ') throw broken("a control character in a string");
            string.append(c == '\\' ? escaped() : c);
        }
        throw broken("a string without an end");
    }

    private char escaped() throws HeaderException {
        if (at == text.length()) throw broken("a string without an end");
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw broken("an unknown escape");
        };
    }

    private char unicode() throws HeaderException {
        if (at + 4 > text.length()) throw broken("a string without an end");
        int code = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0) throw broken("an unknown escape");
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Long number() throws HeaderException {
        int start = at;
        while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) at++;
        try {
            return Long.valueOf(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw broken("expected an object, an array, a string or a whole number");
        }
    }
}
