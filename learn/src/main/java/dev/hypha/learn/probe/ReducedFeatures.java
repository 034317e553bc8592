package dev.hypha.learn.probe;

import dev.hypha.learn.Keys;
import dev.hypha.learn.Place;
import dev.hypha.learn.probe.LowRank.LinearMap;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;

/// Features of all nodes in few columns, F of [Embeddings]: centered, and divided by each column's
/// deviation where they are few, otherwise their principal components, taken from at most 1,000 nodes.
final class ReducedFeatures {
    private static final int COUNT = 128;
    private static final int SAMPLE = 1000;
    private static final long SAMPLED_NUMBERS = 1 << 26;

    private final StoredMatrix features;
    private final Place place;

    private ReducedFeatures(StoredMatrix features, Place place) {
        this.features = features;
        this.place = place;
    }

    /// @return a row per node, the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if memory does not suffice
    static Matrix of(StoredMatrix features, long key, Place place) {
        return new ReducedFeatures(features, place).reduced(key);
    }

    /// How many columns there will be.
    static long kept(long width) {
        return Math.min(width, COUNT);
    }

    /// How many numbers are held on the way at most, beside features and result.
    static long numbers(long nodes, long width) {
        long sample = Math.min(nodes, most(width));
        long axes = width <= COUNT ? 0 : 4 * (width + sample) * (COUNT + LowRank.BEYOND);
        return 2 * width * sample + axes;
    }

    /// How many nodes features are reduced by.
    private static int most(long width) {
        return Math.clamp(SAMPLED_NUMBERS / width, 100, SAMPLE);
    }

    private Matrix reduced(long key) {
        int width = features.cols();
        int[] order = Keys.permutation(features.rows(), key);
        int[] sample = Arrays.copyOf(order, Math.min(most(width), order.length));
        try (Matrix some = sampled(sample)) {
            double[] means = center(some);
            double[][] axes = width <= COUNT ? deviations(some) : components(some, key);
            return projected(axes, means);
        }
    }

    private Matrix sampled(int[] sample) {
        Matrix out = Matrix.of(place.memory(), Purpose.WORKSPACE, sample.length, features.cols());
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            out.copyFrom(tape.constant(features).gather(sample).value());
        }
        return out;
    }

    private static double[] center(Matrix some) {
        double[] means = new double[some.cols()];
        for (int i = 0; i < some.rows(); i++) {
            for (int j = 0; j < means.length; j++) means[j] += some.get(i, j) / (double) some.rows();
        }
        for (int i = 0; i < some.rows(); i++) {
            for (int j = 0; j < means.length; j++) some.set(i, j, (float) (some.get(i, j) - means[j]));
        }
        return means;
    }

    private static double[][] deviations(Matrix some) {
        double[][] axes = new double[some.cols()][some.cols()];
        for (int j = 0; j < axes.length; j++) {
            double squares = 0;
            for (int i = 0; i < some.rows(); i++) squares += some.get(i, j) * some.get(i, j);
            double deviation = Math.sqrt(squares / some.rows());
            axes[j][j] = deviation > 1e-12 ? 1 / deviation : 0;
        }
        return axes;
    }

    private double[][] components(Matrix some, long key) {
        try (LowRank found = LowRank.of(new Transposed(some, place), COUNT, key, place)) {
            double[][] axes = new double[some.cols()][found.vectors().cols()];
            for (int j = 0; j < axes.length; j++) {
                for (int k = 0; k < axes[j].length; k++)
                    axes[j][k] = found.vectors().get(j, k);
            }
            return axes;
        }
    }

    /// The transpose of a dense matrix, so that its right singular vectors are found.
    private record Transposed(Matrix x, Place place) implements LinearMap {
        @Override
        public int rows() {
            return x.cols();
        }

        @Override
        public int cols() {
            return x.rows();
        }

        @Override
        public void forward(Matrix in, Matrix out) {
            place.provider().kernels().products().product(x, true, in, false, out, false, 0, x.cols());
        }

        @Override
        public void back(Matrix in, Matrix out) {
            place.provider().kernels().products().product(x, false, in, false, out, false, 0, x.rows());
        }
    }

    private Matrix projected(double[][] axes, double[] means) {
        int count = axes[0].length;
        float[] flat = new float[axes.length * count];
        float[] shift = new float[count];
        for (int j = 0; j < axes.length; j++) {
            for (int k = 0; k < count; k++) {
                flat[j * count + k] = (float) axes[j][k];
                shift[k] -= (float) (means[j] * axes[j][k]);
            }
        }
        Matrix out = Matrix.of(place.memory(), Purpose.WORKSPACE, features.rows(), count);
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            Tensor f = tape.constant(features).times(tape.constant(axes.length, count, flat));
            out.copyFrom(f.addBias(tape.constant(1, count, shift)).value());
        }
        return out;
    }
}
