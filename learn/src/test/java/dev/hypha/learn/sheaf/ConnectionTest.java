package dev.hypha.learn.sheaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.learn.LayerEdges;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionTest {
    private static final int SIDE = 6;
    private static final int NODES = SIDE * SIDE;

    private final Memory memory = Memory.unlimited();

    @AfterEach
    void free() {
        memory.close();
    }

    /// A square grid, each node linked to those beside, above and below.
    private static LayerEdges grid() {
        int[] offsets = new int[NODES + 1];
        List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            if (i >= SIDE) sources.add(i - SIDE);
            if (i % SIDE > 0) sources.add(i - 1);
            if (i % SIDE < SIDE - 1) sources.add(i + 1);
            if (i < NODES - SIDE) sources.add(i + SIDE);
            offsets[i + 1] = sources.size();
        }
        int[] degrees = new int[NODES];
        for (int i = 0; i < NODES; i++) degrees[i] = offsets[i + 1] - offsets[i];
        return new LayerEdges(
                new Csr(NODES, NODES, offsets, sources.stream().mapToInt(j -> j).toArray()), degrees);
    }

    private Matrix random(int width) {
        Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, width);
        SplittableRandom random = new SplittableRandom(width);
        for (long i = 0; i < features.size(); i++) {
            features.put(i, random.nextInt(3) == 0 ? (float) random.nextGaussian() : 0);
        }
        return features;
    }

    @Test
    void everyMapIsOrthogonalAndItsReverseIsItsTranspose() {
        LayerEdges edges = grid();
        Csr pattern = edges.pattern();
        for (int width : new int[] {3, 5, 40}) {
            for (int d = 2; d <= 3; d++) {
                float[] blocks = Connection.blocks(edges, random(width), null, d);
                for (int i = 0; i < NODES; i++) {
                    for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                        int back = entry(pattern, pattern.indices()[e], i);
                        for (int a = 0; a < d; a++) {
                            for (int b = 0; b < d; b++) {
                                double square = 0;
                                for (int k = 0; k < d; k++) square += at(blocks, d, e, k, a) * at(blocks, d, e, k, b);
                                assertThat(square).isCloseTo(a == b ? 1 : 0, within(1e-6));
                                assertThat(at(blocks, d, e, a, b)).isEqualTo(at(blocks, d, back, b, a));
                            }
                        }
                    }
                }
            }
        }
    }

    private static double at(float[] blocks, int d, int entry, int a, int b) {
        return blocks[(entry * d + a) * d + b];
    }

    private static int entry(Csr pattern, int target, int source) {
        for (int e = pattern.offsets()[target]; e < pattern.offsets()[target + 1]; e++) {
            if (pattern.indices()[e] == source) return e;
        }
        throw new AssertionError("no edge " + source + " to " + target);
    }

    /// On a plane, however it lies in space, going round does not turn: all nodes share one flat space.
    @Test
    void aPlaneHasNoCurvature() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, 4);
        double[] right = {0.5, 0.5, -0.5, 0.5};
        double[] up = {0.5, -0.5, 0.5, 0.5};
        for (int i = 0; i < NODES; i++) {
            int line = i / SIDE;
            double x = i % SIDE + 0.3 * random.nextDouble();
            double y = line + 0.3 * random.nextDouble();
            for (int c = 0; c < 4; c++) features.set(i, c, (float) (3 + x * right[c] + y * up[c]));
        }
        assertThat(turnRoundASquare(features)).isCloseTo(0, within(1e-5));
    }

    /// On a sphere going round turns by the area that is surrounded: the excess of its angles.
    @Test
    void aSphereTurnsByTheAreaSurrounded() {
        Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, 3);
        double step = 0.1;
        for (int i = 0; i < NODES; i++) {
            int line = i / SIDE;
            double latitude = (line - 2.5) * step;
            double longitude = (i % SIDE - 2.5) * step;
            features.set(i, 0, (float) (Math.cos(latitude) * Math.cos(longitude)));
            features.set(i, 1, (float) (Math.cos(latitude) * Math.sin(longitude)));
            features.set(i, 2, (float) Math.sin(latitude));
        }
        double area = step * (Math.sin(0.5 * step) - Math.sin(-0.5 * step));
        assertThat(Math.abs(turnRoundASquare(features))).isCloseTo(area, within(0.1 * area));
    }

    /// The angle by which the maps round the square in the middle turn, in the frame where they start.
    private static double turnRoundASquare(StoredMatrix features) {
        LayerEdges edges = grid();
        float[] blocks = Connection.blocks(edges, features, null, 2);
        int start = 2 * SIDE + 2;
        int[] round = {start, start + 1, start + SIDE + 1, start + SIDE, start};
        double[] turned = {1, 0};
        for (int s = 1; s < round.length; s++) {
            int e = entry(edges.pattern(), round[s], round[s - 1]);
            turned = new double[] {
                at(blocks, 2, e, 0, 0) * turned[0] + at(blocks, 2, e, 0, 1) * turned[1],
                at(blocks, 2, e, 1, 0) * turned[0] + at(blocks, 2, e, 1, 1) * turned[1]
            };
        }
        return Math.atan2(turned[1], turned[0]);
    }

    @Test
    void howFeaturesAreStoredDoesNotMatter() {
        Matrix dense = random(12);
        for (long i = 0; i < dense.size(); i++) dense.put(i, Math.round(dense.at(i) * 8) / 8f); // exact in bfloat16
        LayerEdges edges = grid();
        float[] expected = Connection.blocks(edges, dense, null, 3);
        assertThat(Connection.blocks(edges, SparseMatrix.of(memory, Purpose.FEATURES, dense), null, 3))
                .isEqualTo(expected);
        assertThat(Connection.blocks(edges, Bfloat16Matrix.of(memory, Purpose.FEATURES, dense), null, 3))
                .isEqualTo(expected);
    }

    @Test
    void equalFeaturesGiveTheIdentity() {
        Matrix same = Matrix.of(memory, Purpose.FEATURES, NODES, 3);
        same.fill(2);
        float[] blocks = Connection.blocks(grid(), same, null, 3);
        for (int i = 0; i < blocks.length; i++) assertThat(blocks[i]).isEqualTo(i % 9 % 4 == 0 ? 1 : 0);
    }

    @Test
    void moreDimensionsThanFeaturesAreRefused() {
        assertThatThrownBy(() -> Connection.blocks(grid(), random(2), null, 3))
                .isInstanceOfSatisfying(
                        InputException.class,
                        e -> assertThat(e).hasMessage("Option --stalk is 3, but nodes have 2 features"));
    }
}
