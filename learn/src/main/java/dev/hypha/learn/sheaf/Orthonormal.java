package dev.hypha.learn.sheaf;

import java.util.Arrays;

/// Orthonormal vectors that are gathered one by one, by the Gram-Schmidt process with each step done twice, until there
/// are as many as wanted. Golub, Van Loan, "Matrix computations", section 5.2.
final class Orthonormal {
    /// A vector of which less than this is left is taken to depend on those before.
    private static final double LEAST = 1e-9;

    private final int width;
    private final int wanted;
    private final double[] vectors;
    private int count;

    /// @param width of each vector
    /// @param wanted how many there shall be, not more than `width`
    /// @param given orthonormal vectors to begin with, one after the other
    Orthonormal(int width, int wanted, double[] given) {
        this.width = width;
        this.wanted = wanted;
        this.vectors = Arrays.copyOf(given, wanted * width);
        this.count = given.length / width;
    }

    /// Adds what of a vector is orthogonal to those before, at length 1.
    ///
    /// @return whether anything was left to add
    boolean add(double[] vector) {
        double whole = length(vector);
        for (int pass = 0; pass < 2; pass++) {
            for (int v = 0; v < count; v++) {
                double along = 0;
                for (int c = 0; c < width; c++) along += vector[c] * vectors[v * width + c];
                for (int c = 0; c < width; c++) vector[c] -= along * vectors[v * width + c];
            }
        }
        double left = length(vector);
        if (!(left > LEAST) || left < LEAST * whole) return false;
        for (int c = 0; c < width; c++) vectors[count * width + c] = vector[c] / left;
        count++;
        return true;
    }

    static double length(double[] vector) {
        double sum = 0;
        for (double x : vector) sum += x * x;
        return Math.sqrt(sum);
    }

    /// Those there are, one after the other, and zeros in the place of those that are missing.
    double[] vectors() {
        return vectors;
    }

    /// As many as wanted, one after the other: those that are missing are made of unit vectors.
    double[] completed() {
        for (int unit = 0; count < wanted; unit++) {
            double[] vector = new double[width];
            vector[unit] = 1;
            add(vector);
        }
        return vectors;
    }
}
