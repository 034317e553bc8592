package dev.hypha.learn.sheaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.ShapeException;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operations on a small matrix per row: what they promise, and every derivative by differences.
final class BlockOpsTest {
    private static final int ROWS = 5;
    private static final double STEP = 1e-2;

    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);
    private final KernelProvider provider = KernelProvider.choose(1);

    @AfterEach
    void free() {
        provider.close();
        workspace.close();
        memory.close();
    }

    /// What an operation gives for random numbers within a bound.
    private float[] values(int cols, double bound, UnaryOperator<Tensor> operation, float[] x) {
        SplittableRandom random = new SplittableRandom(cols);
        for (int i = 0; i < x.length; i++) x[i] = (float) random.nextDouble(-bound, bound);
        try (Tape tape = new Tape(provider, workspace, false)) {
            return operation.apply(tape.constant(ROWS, cols, x)).value().toArray();
        }
    }

    /// Holds every element of the gradient of a weighted sum of results against a central difference.
    private void checkGradient(int cols, double bound, UnaryOperator<Tensor> operation) {
        try (Parameters parameters = new Parameters(memory)) {
            Parameter x = parameters.add("x", ROWS, cols);
            SplittableRandom random = new SplittableRandom(cols);
            for (long i = 0; i < x.value().size(); i++) x.value().put(i, (float) random.nextDouble(-bound, bound));
            parameters.zeroGradients();
            try (Tape tape = new Tape(provider, workspace, true)) {
                Tensor y = operation.apply(tape.parameter(x));
                y.multiply(tape.constant(y.rows(), y.cols(), weights(y))).sum().backward();
            }
            for (long i = 0; i < x.value().size(); i++) {
                float at = x.value().at(i);
                x.value().put(i, (float) (at + STEP));
                double above = weighed(operation, x);
                x.value().put(i, (float) (at - STEP));
                double below = weighed(operation, x);
                x.value().put(i, at);
                assertThat((double) x.gradient().at(i))
                        .as("derivative by number %d", i)
                        .isCloseTo((above - below) / (2 * STEP), within(3e-3));
            }
        }
    }

    private double weighed(UnaryOperator<Tensor> operation, Parameter x) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor y = operation.apply(tape.parameter(x));
            float[] weights = weights(y);
            double sum = 0;
            for (int i = 0; i < weights.length; i++)
                sum += weights[i] * (double) y.value().at(i);
            return sum;
        }
    }

    private static float[] weights(Tensor y) {
        float[] weights = new float[y.shape().elements()];
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < weights.length; i++) weights[i] = (float) random.nextDouble(-1, 1);
        return weights;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void productsAreThoseOfEachRow(int size) {
        int width = 4;
        int cols = size * size + size * width;
        float[] x = new float[ROWS * cols];
        for (boolean transposed : new boolean[] {false, true}) {
            float[] y = values(cols, 1, t -> product(size, transposed, t), x);
            for (int r = 0; r < ROWS; r++) {
                for (int i = 0; i < size; i++) {
                    for (int c = 0; c < width; c++) {
                        double expected = 0;
                        for (int k = 0; k < size; k++) {
                            int element = transposed ? k * size + i : i * size + k;
                            expected += x[r * cols + element] * (double) x[r * cols + size * size + k * width + c];
                        }
                        assertThat((double) y[r * size * width + i * width + c]).isCloseTo(expected, within(1e-5));
                    }
                }
            }
            checkGradient(cols, 1, t -> product(size, transposed, t));
        }
    }

    /// The columns of a tensor: a block, and what it is multiplied with.
    private static Tensor product(int size, boolean transposed, Tensor both) {
        Tensor a = both.sliceColumns(0, size * size);
        Tensor x = both.sliceColumns(size * size, both.cols());
        return transposed ? BlockProduct.transposed(size, a, x) : BlockProduct.of(size, a, x);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void cayleyMapsAreRotationsThatSolveTheirEquation(int size) {
        int cols = CayleyMap.parameters(size);
        float[] lower = new float[ROWS * cols];
        float[] q = values(cols, 1, t -> CayleyMap.of(size, t), lower);
        for (int r = 0; r < ROWS; r++) {
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    double square = 0;
                    double left = 0;
                    for (int m = 0; m < size; m++) {
                        square += q(q, size, r, m, i) * q(q, size, r, m, k);
                        left += ((i == m ? 1 : 0) - skew(lower, size, r, i, m)) * q(q, size, r, m, k);
                    }
                    assertThat(square).isCloseTo(i == k ? 1 : 0, within(1e-6));
                    double right = (i == k ? 1 : 0) + skew(lower, size, r, i, k);
                    assertThat(left).as("(I - A) Q = I + A").isCloseTo(right, within(2e-6));
                }
            }
        }
        checkGradient(cols, 1, t -> CayleyMap.of(size, t));
    }

    private static double q(float[] q, int size, int row, int i, int k) {
        return q[row * size * size + i * size + k];
    }

    private static double skew(float[] lower, int size, int row, int i, int k) {
        if (i == k) return 0;
        int large = Math.max(i, k);
        float below = lower[row * CayleyMap.parameters(size) + large * (large - 1) / 2 + Math.min(i, k)];
        return i > k ? below : -below;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void inverseRootsSquaredAreTheInverse(int size) {
        float[] f = new float[ROWS * size * size];
        float[] y = values(size * size, 1, t -> InverseRoot.of(size, BlockProduct.transposed(size, t, t)), f);
        for (int r = 0; r < ROWS; r++) {
            double[][] root = new double[size][size];
            double[][] given = new double[size][size];
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    root[i][k] = q(y, size, r, i, k);
                    given[i][k] = i == k ? 1 : 0;
                    for (int m = 0; m < size; m++) given[i][k] += q(f, size, r, m, i) * q(f, size, r, m, k);
                }
            }
            double[][] product = times(times(root, root), given);
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    assertThat(product[i][k]).isCloseTo(i == k ? 1 : 0, within(1e-5));
                }
            }
        }
        checkGradient(size * size, 1, t -> InverseRoot.of(size, BlockProduct.transposed(size, t, t)));
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] out = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a.length; k++) for (int m = 0; m < a.length; m++) out[i][k] += a[i][m] * b[m][k];
        }
        return out;
    }

    /// Equal eigenvalues are where a gradient by way of an SVD breaks down.
    @Test
    void equalEigenvaluesHaveAGradient() {
        checkGradient(9, 1e-6, t -> InverseRoot.of(3, BlockProduct.transposed(3, t.addScalar(0), t)));
        checkGradient(
                1,
                1,
                t -> InverseRoot.of(
                        3,
                        t.times(t.tape().constant(1, 9, 1, 0, 0, 0, 1, 0, 0, 0, 1))
                                .exp()));
    }

    @Test
    void blocksThatDoNotFitAreRefused() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor nine = tape.constant(1, 9, new float[9]);
            Tensor four = tape.constant(1, 4, new float[4]);
            assertThatThrownBy(() -> BlockProduct.of(2, nine, four)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> BlockProduct.of(3, nine, four)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> CayleyMap.of(3, four)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> InverseRoot.of(3, four)).isInstanceOf(ShapeException.class);
        }
    }
}
