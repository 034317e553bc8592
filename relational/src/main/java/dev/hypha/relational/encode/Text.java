package dev.hypha.relational.encode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Free text as hashed n-grams: single words, pairs of words, and three-letter pieces of words, each counted with
/// weight `1 + log(count)` and a sign from its hash, then scaled to length 1. Nothing is learned but the width;
/// missing text and text without a letter or digit are all zeros.
/// Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.
///
/// @param width number of dense columns, a power of two
public record Text(int width) implements Encoder {
    /// Only this much of a text's beginning is read.
    public static final int CHARACTERS = 8192;

    private static final int NARROW = 32;
    private static final int WIDE = 64;
    private static final int WIDE_FROM_ROWS = 5000;

    private static final long WORD = 1;
    private static final long PAIR = 2;
    private static final long PIECE = 3;
    private static final int PIECE_LENGTH = 3;

    public Text {
        if (width < 1 || width > 1 << 16 || Integer.bitCount(width) != 1) {
            throw new IllegalArgumentException("text: width " + width + " is no power of two up to 65536");
        }
    }

    static Text fit(TrainingColumn column) {
        return new Text(column.rows() >= WIDE_FROM_ROWS ? WIDE : NARROW);
    }

    @Override
    public String value(String column, String sqlType) {
        return sql(column, sqlType);
    }

    static String sql(String column, String sqlType) {
        return SqlTypes.text(column, CHARACTERS);
    }

    @Override
    public List<String> dense() {
        return IntStream.range(0, width).mapToObj(i -> "bucket " + i).toList();
    }

    @Override
    public CellWriter writer() {
        return (rows, index, cells) -> {
            String text = rows.getString(index);
            if (text == null) {
                return;
            }
            float[] vector = encode(text);
            for (int i = 0; i < width; i++) {
                cells.dense(i, vector[i]);
            }
        };
    }

    /// The vector of a text, shape [width], of length 1 or all zeros.
    public float[] encode(String text) {
        long[] grams = grams(text.toLowerCase(Locale.ROOT));
        Arrays.sort(grams);
        double[] sums = new double[width];
        for (int from = 0, to; from < grams.length; from = to) {
            to = from + 1;
            while (to < grams.length && grams[to] == grams[from]) {
                to++;
            }
            double sign = grams[from] < 0 ? -1 : 1;
            sums[(int) (grams[from] & (width - 1))] += sign * (1 + Math.log(to - from));
        }
        return normalized(sums);
    }

    private static float[] normalized(double[] sums) {
        double squares = 0;
        for (double s : sums) {
            squares += s * s;
        }
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        float[] out = new float[sums.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (sums[i] * scale);
        }
        return out;
    }

    /// The hash of every n-gram of a text, repeated as often as it occurs.
    private static long[] grams(String text) {
        Grams grams = new Grams();
        long before = 0;
        for (int from = 0; from < text.length(); ) {
            if (!Character.isLetterOrDigit(text.charAt(from))) {
                from++;
                continue;
            }
            int to = from + 1;
            while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
                to++;
            }
            long word = hash(WORD, text, from, to);
            grams.add(word);
            if (before != 0) {
                grams.add(mix(mix(PAIR ^ before) ^ word));
            }
            for (int i = from; i + PIECE_LENGTH <= to; i++) {
                grams.add(hash(PIECE, text, i, i + PIECE_LENGTH));
            }
            before = word;
            from = to;
        }
        return grams.toArray();
    }

    private static long hash(long kind, String text, int from, int to) {
        long h = kind;
        for (int i = from; i < to; i++) {
            h = mix(h ^ text.charAt(i));
        }
        return h;
    }

    /// Finaliser of SplittableRandom (Stafford's variant 13): every bit of the result depends on every bit of the
    /// argument.
    private static long mix(long z) {
        long a = z + 0x9e3779b97f4a7c15L;
        long b = (a ^ (a >>> 30)) * 0xbf58476d1ce4e5b9L;
        long c = (b ^ (b >>> 27)) * 0x94d049bb133111ebL;
        return c ^ (c >>> 31);
    }

    /// A list of longs that grows.
    private static final class Grams {
        private long[] values = new long[64];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    @Override
    public String describe() {
        return "text, n-grams hashed to " + width + " columns";
    }
}
