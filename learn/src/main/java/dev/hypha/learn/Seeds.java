package dev.hypha.learn;

import java.util.Arrays;

/// The rows a model is trained on or answers for: an entity, two instants, a label, and perhaps numbers of its own.
/// Holds its arrays without copying them.
public final class Seeds {
    private final int[] node;
    private final long[] time;
    private final long[] cutoff;
    private final float[] label;
    private final float[] features;

    /// @param node the entity's number within its node type
    /// @param time the prediction time, microseconds since 1970-01-01 UTC; ages are counted back from it
    /// @param cutoff the last instant that may be seen, at most `time`
    /// @param label one number per row, or one per row and class (row-major) for multilabel; empty where unknown
    /// @param features numbers per row, row-major, standardised, all finite; empty for none
    /// @throws IllegalArgumentException when lengths do not fit or a cut-off is later than its time
    public Seeds(int[] node, long[] time, long[] cutoff, float[] label, float[] features) {
        int n = node.length;
        if (time.length != n || cutoff.length != n || uneven(label, n) || uneven(features, n)) {
            throw new IllegalArgumentException("the columns of " + n + " seeds differ in length");
        }
        for (int i = 0; i < n; i++) {
            if (cutoff[i] > time[i]) throw new IllegalArgumentException("seed " + i + " sees beyond its own time");
        }
        this.node = node;
        this.time = time;
        this.cutoff = cutoff;
        this.label = label;
        this.features = features;
    }

    private static boolean uneven(float[] values, int rows) {
        return rows == 0 ? values.length != 0 : values.length % rows != 0;
    }

    /// The chosen rows, in the order given; a copy.
    public Seeds rows(int[] rows) {
        return new Seeds(
                Arrays.stream(rows).map(i -> node[i]).toArray(),
                Arrays.stream(rows).mapToLong(i -> time[i]).toArray(),
                Arrays.stream(rows).mapToLong(i -> cutoff[i]).toArray(),
                take(label, rows),
                take(features, rows));
    }

    private float[] take(float[] values, int[] rows) {
        int width = count() == 0 ? 0 : values.length / count();
        float[] out = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) System.arraycopy(values, rows[i] * width, out, i * width, width);
        return out;
    }

    public int count() {
        return node.length;
    }

    public int[] node() {
        return node;
    }

    public long[] time() {
        return time;
    }

    public long[] cutoff() {
        return cutoff;
    }

    public float[] label() {
        return label;
    }

    /// Row-major, shape [count, featureWidth].
    public float[] features() {
        return features;
    }

    /// Numbers per row in [#features].
    public int featureWidth() {
        return count() == 0 ? 0 : features.length / count();
    }
}
