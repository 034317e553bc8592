package dev.hypha.graph.reading;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers as they are written in text files. Strict: no spaces, no thousands separators, no suffixes.
public final class Numbers {
    /// So many decimal digits fit a double exactly, and so do so many powers of ten.
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS = powers();
    private static final Pattern REAL =
            Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,5})?|[-+]?(nan|inf|infinity)");

    private Numbers() {}

    /// A 64-bit integer: digits, with or without a sign.
    ///
    /// @throws BadValue where it is none or does not fit
    public static long integer(byte[] bytes, int from, int to) throws BadValue {
        boolean negative = from < to && bytes[from] == '-';
        int at = negative || (from < to && bytes[from] == '+') ? from + 1 : from;
        if (at == to) {
            throw BadValue.of(bytes, from, to, from == to ? "is empty" : "is no integer");
        }
        // Negative all the way, since there is one more negative number than there are positive ones.
        long value = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw BadValue.of(bytes, from, to, "is no integer");
            }
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                throw BadValue.of(bytes, from, to, "does not fit in 64 bits");
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw BadValue.of(bytes, from, to, "does not fit in 64 bits");
        }
        return negative ? value : -value;
    }

    /// A decimal number, correctly rounded; `nan` and `inf` in any case are numbers too.
    ///
    /// @throws BadValue where it is none
    public static double real(byte[] bytes, int from, int to) throws BadValue {
        double simple = simple(bytes, from, to);
        if (!Double.isNaN(simple)) {
            return simple;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        String lower = text.toLowerCase(Locale.ROOT);
        if (!REAL.matcher(lower).matches()) {
            throw BadValue.of(bytes, from, to, from == to ? "is empty" : "is no number");
        }
        if (lower.endsWith("nan")) {
            return Double.NaN;
        }
        if (lower.contains("inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(text);
    }

    /// Digits with at most one point and few enough to be exact, so that one division rounds correctly;
    /// otherwise NaN.
    private static double simple(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int at = negative ? from + 1 : from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                count++;
            } else if (bytes[at] == '.' && point < 0) {
                point = at;
            } else {
                return Double.NaN;
            }
        }
        if (count == 0 || count > EXACT_DIGITS) {
            return Double.NaN;
        }
        double value = point < 0 ? digits : digits / POWERS[to - point - 1];
        return negative ? -value : value;
    }

    private static double[] powers() {
        double[] powers = new double[EXACT_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
