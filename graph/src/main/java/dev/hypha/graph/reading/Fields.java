package dev.hypha.graph.reading;

import java.util.Arrays;

/// Takes a line apart into fields: at each delimiter, or at runs of blanks. For one thread, reused from line to
/// line.
///
/// Between delimiters a field may stand in double quotes, in which a delimiter is text and two quotes are one;
/// a quoted field ends on its line. Blanks around a field do not belong to it, unless they are quoted.
final class Fields {
    /// Stands for any run of spaces and tabs.
    static final byte BLANKS = ' ';

    private static final int MOST = 1 << 16;

    private final byte delimiter;
    private byte[] bytes;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int count;

    Fields(byte delimiter) {
        this.delimiter = delimiter;
    }

    /// Takes a line apart.
    ///
    /// @param lineEnd after the last byte, which is no line end
    /// @throws BadValue where quotes are wrong
    void split(byte[] line, int lineStart, int lineEnd) throws BadValue {
        bytes = line;
        count = 0;
        if (delimiter == BLANKS) {
            splitAtBlanks(lineStart, lineEnd);
        } else {
            splitAtDelimiters(lineStart, lineEnd);
        }
    }

    int count() {
        return count;
    }

    /// The array that the fields lie in: the line's own, or a copy where quotes had to be taken out.
    byte[] bytes() {
        return bytes;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    private void splitAtBlanks(int start, int end) throws BadValue {
        int at = start;
        while (true) {
            while (at < end && blank(bytes[at])) {
                at++;
            }
            if (at == end) {
                return;
            }
            int begin = at;
            while (at < end && !blank(bytes[at])) {
                at++;
            }
            field(begin, at);
        }
    }

    private void splitAtDelimiters(int start, int end) throws BadValue {
        int at = start;
        while (true) {
            int begin = at;
            while (begin < end && bytes[begin] != delimiter && blank(bytes[begin])) {
                begin++;
            }
            at = begin < end && bytes[begin] == '"' ? quoted(begin, end) : plain(begin, end);
            if (at == end) {
                return;
            }
            at++;
        }
    }

    /// @return where the delimiter or the end of the line is
    private int plain(int begin, int end) throws BadValue {
        int at = begin;
        while (at < end && bytes[at] != delimiter) {
            at++;
        }
        int last = at;
        while (last > begin && blank(bytes[last - 1])) {
            last--;
        }
        field(begin, last);
        return at;
    }

    /// @return where the delimiter or the end of the line is
    private int quoted(int quote, int end) throws BadValue {
        int close = quote + 1;
        int doubled = 0;
        while (close < end && (bytes[close] != '"' || (close + 1 < end && bytes[close + 1] == '"'))) {
            doubled += bytes[close] == '"' ? 1 : 0;
            close += bytes[close] == '"' ? 2 : 1;
        }
        if (close >= end) {
            throw new BadValue("a quote is not closed on its line");
        }
        if (doubled > 0) {
            single(quote + 1, close);
        }
        field(quote + 1, close - doubled);
        int at = close + 1;
        while (at < end && bytes[at] != delimiter && blank(bytes[at])) {
            at++;
        }
        if (at < end && bytes[at] != delimiter) {
            throw BadValue.of(bytes, close + 1, end, "follows a closing quote");
        }
        return at;
    }

    /// Makes one quote of two, in a copy: the line must stay as it is for what is said about it.
    private void single(int begin, int close) {
        byte[] copy = bytes.clone();
        int to = begin;
        for (int at = begin; at < close; at++) {
            copy[to++] = copy[at];
            at += copy[at] == '"' ? 1 : 0;
        }
        bytes = copy;
    }

    private void field(int begin, int end) throws BadValue {
        if (count == MOST) {
            throw new BadValue("more than " + MOST + " columns");
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        from[count] = begin;
        to[count++] = end;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }
}
