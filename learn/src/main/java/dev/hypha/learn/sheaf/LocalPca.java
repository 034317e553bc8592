package dev.hypha.learn.sheaf;

import dev.hypha.learn.linear.SymmetricEigen;
import java.util.Arrays;

/// The directions in which a few long vectors vary most: the first left singular vectors of the matrix that has them as
/// columns.
///
/// They are looked for among the combinations of the vectors. Few vectors are solved at once; of many, a block of
/// somewhat more combinations than wanted is multiplied by the matrix again and again (orthogonal iteration). Golub,
/// Van Loan, "Matrix computations", section 8.2.4.
final class LocalPca {
    /// Combinations followed beside those wanted: the more, the faster it settles.
    private static final int BESIDE = 8;

    private static final int MOST_ROUNDS = 100;
    private static final double SETTLED = 1e-12;
    /// Images shorter than this share of the longest are taken for rounding.
    private static final double LEAST = 1e-10;

    private final double[][] columns;
    private final int width;
    private final int wanted;

    /// @param columns the vectors
    /// @param width of each
    /// @param wanted directions at most
    LocalPca(double[][] columns, int width, int wanted) {
        this.columns = columns;
        this.width = width;
        this.wanted = wanted;
    }

    /// Orthonormal directions, one after the other, from the one with most variation; fewer than wanted where the
    /// vectors do not span as many. The largest element of each is positive.
    double[] directions() {
        int block = Math.min(columns.length, wanted + BESIDE);
        double[][] images = start(block);
        double before = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double sum = ritz(images);
            boolean whole = block == columns.length;
            if (whole || Math.abs(sum - before) <= SETTLED * sum) break;
            before = sum;
            images = again(images);
        }
        return orthonormal(images);
    }

    /// The matrix times as many unit vectors, spread over all: some of the vectors themselves.
    private double[][] start(int block) {
        double[][] images = new double[block][];
        for (int b = 0; b < block; b++) {
            images[b] = columns[(int) ((long) b * columns.length / block)].clone();
        }
        return images;
    }

    /// The matrix times its transpose times orthonormal vectors in the place of the images.
    private double[][] again(double[][] images) {
        Orthonormal basis = new Orthonormal(width, images.length, new double[0]);
        double[][] next = new double[images.length][width];
        int kept = 0;
        for (double[] image : images) if (basis.add(image)) kept++;
        double[] vectors = basis.vectors();
        for (double[] column : columns) {
            for (int b = 0; b < kept; b++) {
                double along = 0;
                for (int c = 0; c < width; c++) along += column[c] * vectors[b * width + c];
                for (int c = 0; c < width; c++) next[b][c] += along * column[c];
            }
        }
        return Arrays.copyOf(next, kept);
    }

    /// Turns the images among themselves so that they are orthogonal, the longest first.
    ///
    /// @return the sum of the squared lengths of those wanted
    private double ritz(double[][] images) {
        int block = images.length;
        if (block == 0) return 0;
        SymmetricEigen eigen = new SymmetricEigen(block);
        for (int i = 0; i < block; i++) {
            for (int k = 0; k < block; k++) {
                double sum = 0;
                for (int c = 0; c < width; c++) sum += images[i][c] * images[k][c];
                eigen.matrix()[i * block + k] = sum;
            }
        }
        eigen.solve();
        int[] order = eigen.descending();
        double[][] turned = new double[block][width];
        for (int b = 0; b < block; b++) {
            for (int i = 0; i < block; i++) {
                double weight = eigen.vectors()[i * block + order[b]];
                for (int c = 0; c < width; c++) turned[b][c] += weight * images[i][c];
            }
        }
        System.arraycopy(turned, 0, images, 0, block);
        double sum = 0;
        for (int b = 0; b < Math.min(block, wanted); b++) sum += eigen.value(order[b]);
        return sum;
    }

    private double[] orthonormal(double[][] images) {
        Orthonormal directions = new Orthonormal(width, wanted, new double[0]);
        double longest = images.length == 0 ? 0 : Orthonormal.length(images[0]);
        int found = 0;
        for (int b = 0; b < Math.min(wanted, images.length); b++) {
            if (Orthonormal.length(images[b]) <= LEAST * longest) break;
            point(images[b]);
            if (!directions.add(images[b])) break;
            found++;
        }
        return Arrays.copyOf(directions.vectors(), found * width);
    }

    /// Turns a vector round if its largest element is negative.
    private static void point(double[] vector) {
        double largest = 0;
        for (double x : vector) if (Math.abs(x) > Math.abs(largest)) largest = x;
        if (largest < 0) for (int c = 0; c < vector.length; c++) vector[c] = -vector[c];
    }
}
