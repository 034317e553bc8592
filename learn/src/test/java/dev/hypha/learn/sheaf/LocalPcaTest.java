package dev.hypha.learn.sheaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.linear.SymmetricEigen;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalPcaTest {
    private static final int WIDTH = 30;

    /// Vectors with known singular values along known directions, that is, some rotated axes.
    private static double[][] columns(int count, double[] values, double[][] axes) {
        double[][] weights = new double[values.length][];
        Orthonormal mixed = new Orthonormal(count, values.length, new double[0]);
        SplittableRandom random = new SplittableRandom(count);
        for (int v = 0; v < values.length; v++)
            mixed.add(random.doubles(count, -1, 1).toArray());
        for (int v = 0; v < values.length; v++) {
            weights[v] = new double[count];
            System.arraycopy(mixed.vectors(), v * count, weights[v], 0, count);
        }
        double[][] columns = new double[count][WIDTH];
        for (int k = 0; k < count; k++) {
            for (int v = 0; v < values.length; v++) {
                for (int c = 0; c < WIDTH; c++) columns[k][c] += values[v] * weights[v][k] * axes[v][c];
            }
        }
        return columns;
    }

    private static double[][] axes(int count) {
        SplittableRandom random = new SplittableRandom(99);
        Orthonormal axes = new Orthonormal(WIDTH, count, new double[0]);
        double[][] out = new double[count][WIDTH];
        for (int v = 0; v < count; v++) {
            axes.add(random.doubles(WIDTH, -1, 1).toArray());
            System.arraycopy(axes.vectors(), v * WIDTH, out[v], 0, WIDTH);
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "9, 4", "200, 3", "1000, 2"})
    void findsTheDirectionsThatWerePutIn(int count, int wanted) {
        double[] values = {9, 7, 4, 3, 1};
        double[][] axes = axes(values.length);
        double[] found = new LocalPca(columns(count, values, axes), WIDTH, wanted).directions();
        assertThat(found).hasSize(wanted * WIDTH);
        for (int v = 0; v < wanted; v++) {
            double along = 0;
            double largest = 0;
            for (int c = 0; c < WIDTH; c++) {
                double x = found[v * WIDTH + c];
                along += x * axes[v][c];
                if (Math.abs(x) > Math.abs(largest)) largest = x;
            }
            assertThat(Math.abs(along)).as("direction " + v).isCloseTo(1, within(1e-9));
            assertThat(largest).isPositive();
        }
    }

    /// Random vectors, whose values lie close together, against the definition: no direction beside those found
    /// varies more.
    @Test
    void leavesLessThanItTakes() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] columns = new double[60][];
        for (int k = 0; k < columns.length; k++)
            columns[k] = random.doubles(WIDTH, -1, 1).toArray();
        int wanted = 3;
        double[] found = new LocalPca(columns, WIDTH, wanted).directions();
        SymmetricEigen eigen = new SymmetricEigen(WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            for (int k = 0; k < WIDTH; k++) for (double[] x : columns) eigen.matrix()[i * WIDTH + k] += x[i] * x[k];
        }
        eigen.solve();
        double best = 0;
        for (int v = 0; v < wanted; v++) best += eigen.value(eigen.descending()[v]);
        double taken = 0;
        for (int v = 0; v < wanted; v++) {
            for (double[] x : columns) {
                double along = 0;
                for (int c = 0; c < WIDTH; c++) along += x[c] * found[v * WIDTH + c];
                taken += along * along;
            }
        }
        assertThat(taken).isCloseTo(best, within(1e-6 * best));
    }

    @Test
    void fewerDirectionsWhereVectorsSpanFewer() {
        double[][] axes = axes(2);
        assertThat(new LocalPca(columns(40, new double[] {5, 2}, axes), WIDTH, 4).directions())
                .hasSize(2 * WIDTH);
        assertThat(new LocalPca(new double[3][WIDTH], WIDTH, 2).directions()).isEmpty();
        assertThat(new LocalPca(new double[0][], WIDTH, 2).directions()).isEmpty();
    }
}
