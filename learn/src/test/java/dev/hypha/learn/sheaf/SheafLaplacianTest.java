package dev.hypha.learn.sheaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.Weights;
import dev.hypha.learn.linear.SymmetricEigen;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the Laplacian of any sheaf promises on a graph whose edges go both ways.
final class SheafLaplacianTest {
    private static final int NODES = 14;
    private static final int STALK = 3;

    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);
    private final KernelProvider provider = KernelProvider.choose(1);
    private final Weights weights = new Weights(memory, 1);
    private final boolean[][] linked = new boolean[NODES][NODES];
    private final LayerEdges edges = edges(linked);

    @AfterEach
    void free() {
        provider.close();
        workspace.close();
        memory.close();
    }

    private static LayerEdges edges(boolean[][] linked) {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < NODES - 1; i++) { // the last has no edges
            for (int j = 0; j < i; j++) linked[i][j] = linked[j][i] = random.nextInt(3) == 0;
        }
        int[] offsets = new int[NODES + 1];
        int[] sources = new int[NODES * NODES];
        int[] degrees = new int[NODES];
        for (int i = 0; i < NODES; i++) {
            int at = offsets[i];
            for (int j = 0; j < NODES; j++) if (linked[i][j]) sources[at++] = j;
            degrees[i] = at - offsets[i];
            offsets[i + 1] = at;
        }
        return new LayerEdges(new Csr(NODES, NODES, offsets, sources), degrees);
    }

    /// A Laplacian on a pass of its own.
    private interface Operator {
        Tensor times(Context c, SheafEdges edges, Tensor x);
    }

    /// The operator's matrix, column by column, on stalks of some dimension in one channel.
    private double[][] matrix(int stalk, Operator operator) {
        int size = NODES * stalk;
        double[][] columns = new double[size][size];
        for (int col = 0; col < size; col++) {
            try (Tape tape = new Tape(provider, workspace, false)) {
                Context c = new Context(tape, weights, 1, false, 0);
                float[] unit = new float[size];
                unit[col] = 1;
                Matrix out = operator.times(c, SheafEdges.of(edges), c.constant(NODES, stalk, unit))
                        .value();
                for (int row = 0; row < size; row++) columns[row][col] = out.at(row);
            }
        }
        return columns;
    }

    /// Random numbers for the map of each end of each edge, the same whichever way the edge is met.
    private Tensor maps(Context c, int numbers, boolean ofTargets) {
        Csr pattern = SheafEdges.of(edges).pattern();
        float[] values = new float[pattern.edges() * numbers];
        for (int i = 0; i < NODES; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                int j = pattern.indices()[e];
                SplittableRandom random = new SplittableRandom(ofTargets ? i * 100 + j : j * 100 + i);
                for (int n = 0; n < numbers; n++) values[e * numbers + n] = (float) random.nextDouble(-1.5, 1.5);
            }
        }
        return c.constant(pattern.edges(), numbers, values);
    }

    private Tensor general(Context c, SheafEdges edges, Tensor x) {
        int numbers = STALK * STALK;
        return SheafLaplacian.general(c, edges, STALK, maps(c, numbers, true), maps(c, numbers, false), x);
    }

    private Tensor diagonal(Context c, SheafEdges edges, Tensor x) {
        return SheafLaplacian.diagonal(c, edges, maps(c, STALK, true), maps(c, STALK, false), x);
    }

    private Tensor connection(Context c, SheafEdges edges, Tensor x) {
        int numbers = CayleyMap.parameters(STALK);
        Tensor blocks = BlockProduct.transposed(
                STALK, CayleyMap.of(STALK, maps(c, numbers, true)), CayleyMap.of(STALK, maps(c, numbers, false)));
        Tensor weights = maps(c, 1, true).multiply(maps(c, 1, false));
        return SheafLaplacian.connection(c, edges, STALK, blocks, weights, x);
    }

    @Test
    void isSymmetricWithEigenvaluesFrom0To2() {
        for (Operator operator : new Operator[] {this::general, this::diagonal, this::connection}) {
            double[][] matrix = matrix(STALK, operator);
            int size = matrix.length;
            SymmetricEigen eigen = new SymmetricEigen(size);
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    assertThat(matrix[i][k]).isCloseTo(matrix[k][i], within(1e-6));
                    eigen.matrix()[i * size + k] = (matrix[i][k] + matrix[k][i]) / 2;
                }
            }
            eigen.solve();
            for (int k = 0; k < size; k++) assertThat(eigen.value(k)).isBetween(-1e-6, 2.0);
        }
    }

    @Test
    void theSheafOfOnesGivesTheGraphsOwnLaplacian() {
        double[][] ones = matrix(1, (c, edges, x) -> SheafLaplacian.diagonal(c, edges, ones(c, 1), ones(c, 1), x));
        double[][] fixed = matrix(1, (c, edges, x) -> SheafLaplacian.fixed(c, edges, 1, x));
        double[][] opposite = matrix(1, (c, edges, x) -> SheafLaplacian.fixed(c, edges, -1, x));
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                double scale = 1 / Math.sqrt((edges.degree(i) + 1.0) * (edges.degree(j) + 1));
                double own = i == j ? edges.degree(i) * scale : 0;
                double other = linked[i][j] ? -scale : 0;
                assertThat(ones[i][j]).isCloseTo(own + other, within(1e-6));
                assertThat(fixed[i][j]).isCloseTo(own + other, within(1e-6));
                assertThat(opposite[i][j]).isCloseTo(own - other, within(1e-6));
            }
        }
    }

    private Tensor ones(Context c, int numbers) {
        int entries = SheafEdges.of(edges).pattern().edges();
        float[] values = new float[entries * numbers];
        Arrays.fill(values, 1);
        return c.constant(entries, numbers, values);
    }

    /// Signals that all maps carry to the same thing are what diffusion leaves as it is: here those that each node
    /// turns by its own rotation, x_v = Q_v^T s with F_v = Q_v, up to the degree of S.
    @Test
    void globalSectionsAreInTheKernel() {
        int numbers = CayleyMap.parameters(STALK);
        try (Tape tape = new Tape(provider, workspace, false)) {
            Context c = new Context(tape, weights, 1, false, 0);
            SheafEdges ends = SheafEdges.of(edges);
            float[] lower = new float[NODES * numbers];
            SplittableRandom random = new SplittableRandom(8);
            for (int i = 0; i < lower.length; i++) lower[i] = (float) random.nextDouble(-1, 1);
            Tensor q = CayleyMap.of(STALK, c.constant(NODES, numbers, lower));
            Tensor s = c.constant(NODES, v -> Math.sqrt(edges.degree(v) + 1.0))
                    .times(c.constant(1, STALK, new float[] {1, -2, 0.5f}));
            Tensor section = BlockProduct.transposed(STALK, q, s);
            int[] targets = new int[ends.pattern().edges()];
            for (int i = 0; i < NODES; i++) {
                for (int e = ends.pattern().offsets()[i]; e < ends.pattern().offsets()[i + 1]; e++) targets[e] = i;
            }
            Tensor blocks = BlockProduct.transposed(
                    STALK,
                    q.gather(targets),
                    q.gather(Arrays.copyOf(ends.pattern().indices(), targets.length)));
            Matrix change = SheafLaplacian.connection(c, ends, STALK, blocks, null, section)
                    .value();
            for (int i = 0; i < change.size(); i++) {
                assertThat((double) change.at(i)).isCloseTo(0, within(5e-6));
            }
        }
    }
}
