package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseMatrixTest {
    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);

    @AfterEach
    void free() {
        memory.close();
    }

    private Matrix dense(int rows, int cols, int oneIn, long key) {
        SplittableRandom random = new SplittableRandom(key);
        Matrix dense = Matrix.of(memory, Purpose.WORKSPACE, rows, cols);
        for (long i = 0; i < dense.size(); i++) {
            if (random.nextInt(oneIn) == 0) dense.put(i, random.nextInt(-8, 9) / 4f);
        }
        return dense;
    }

    /// Numbers are small fractions, so that any order of a sum gives the same bits.
    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector", "blas"})
    void productsAndTheirGradientsAreThoseOfTheDenseMatrix(String kernels) {
        for (int width : new int[] {1, 7, 16, 33, 64, 100, 128, 207, 256, 702}) {
            Matrix dense = dense(60, 45, 5, width);
            int[] rows = {3, 59, 3, 0, 17};
            for (int threads : new int[] {1, 3}) {
                try (KernelProvider provider = KernelProvider.of(kernels, threads);
                        Parameters parameters = new Parameters(memory)) {
                    parameters.add("w", 45, width).value().copyFrom(dense(45, width, 1, 7));
                    SparseMatrix sparse = SparseMatrix.of(memory, Purpose.WORKSPACE, dense);
                    for (int[] picked : new int[][] {null, rows}) {
                        assertThat(product(provider, sparse, picked, parameters))
                                .as("width " + width)
                                .isDeepEqualTo(product(provider, dense, picked, parameters));
                    }
                }
            }
        }
    }

    /// x W, and after it the gradient of W.
    private float[][] product(KernelProvider provider, StoredMatrix x, int[] rows, Parameters parameters) {
        parameters.zeroGradients();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor given = rows == null ? tape.constant(x) : tape.constant(x).gather(rows);
            Tensor y = given.times(tape.parameter(parameters.get("w")));
            float[] values = y.value().toArray();
            y.multiply(tape.constant(dense(y.rows(), y.cols(), 1, 3))).sum().backward();
            return new float[][] {values, parameters.get("w").gradient().toArray()};
        }
    }

    @Test
    void rowsWithoutNumbersAndMatricesWithoutRowsAreFine() {
        Matrix zeros = Matrix.of(memory, Purpose.WORKSPACE, 3, 4);
        SparseMatrix none = SparseMatrix.of(memory, Purpose.WORKSPACE, zeros);
        assertThat(none.pattern().edges()).isZero();
        assertThat(none.bytes()).isEqualTo(16);
        try (KernelProvider provider = KernelProvider.of("plain", 1);
                Tape tape = new Tape(provider, workspace, false)) {
            Tensor w = tape.constant(dense(4, 5, 1, 1));
            assertThat(tape.constant(none).times(w).value().toArray()).containsOnly(0);
            assertThat(tape.constant(none).gather(new int[0]).times(w).shape()).isEqualTo(new Shape(0, 5));
            assertThat(tape.constant(none).firstRows(0).times(w).shape()).isEqualTo(new Shape(0, 5));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Csr pattern = new Csr(2, 3, new int[] {0, 1, 2}, new int[] {0, 2});
        Matrix values = Matrix.of(memory, Purpose.WORKSPACE, 2, 1, 5, 6);
        assertThatThrownBy(() -> new SparseMatrix(pattern.transpose(), values)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new SparseMatrix(pattern, values.slice(0, 1))).isInstanceOf(ShapeException.class);
        SparseMatrix sparse = new SparseMatrix(pattern, values);
        try (KernelProvider provider = KernelProvider.of("plain", 1);
                Tape tape = new Tape(provider, workspace, false)) {
            Tensor x = tape.constant(sparse);
            assertThatThrownBy(() -> x.times(tape.constant(dense(2, 2, 1, 1))))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("times");
            assertThatThrownBy(() -> x.gather(new int[] {2})).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> x.gather(new int[] {-1})).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> x.sliceRows(1, 3)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> x.dropout(1, 1)).isInstanceOf(ShapeException.class);
        }
    }
}
