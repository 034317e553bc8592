package dev.hypha.learn.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.node.NodeOptions.Impute;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HiddenFeaturesTest {
    private static final int NODES = 200;
    private static final int COLUMNS = 30;

    private static int[] everyone() {
        return IntStream.range(0, NODES).toArray();
    }

    private static Matrix words(Memory memory) {
        Matrix x = Matrix.of(memory, Purpose.FEATURES, NODES, COLUMNS);
        for (int i = 0; i < NODES; i++) for (int c = 0; c < COLUMNS; c++) x.set(i, c, (i + c) % 3 == 0 ? 1 + c : 0);
        return x;
    }

    /// Stored sparse or dense, the same numbers are gone, about as many as asked for.
    @Test
    void theShareIsHiddenHoweverFeaturesAreStored() {
        try (Memory memory = Memory.unlimited();
                Matrix x = words(memory);
                SparseMatrix sparse = SparseMatrix.of(memory, Purpose.FEATURES, x);
                Matrix dense = (Matrix) HiddenFeatures.of(x, 0.8, Impute.ZERO, everyone(), memory);
                SparseMatrix same = (SparseMatrix) HiddenFeatures.of(sparse, 0.8, Impute.ZERO, everyone(), memory);
                Matrix written = Matrix.of(memory, Purpose.FEATURES, NODES, COLUMNS)) {
            same.writeTo(written, 0, NODES);
            assertThat(written.toArray()).isEqualTo(dense.toArray());
            int hidden = 0;
            for (int i = 0; i < NODES; i++) {
                for (int c = 0; c < COLUMNS; c++) {
                    boolean gone = HiddenFeatures.hidden(i, c, 0.8);
                    hidden += gone ? 1 : 0;
                    assertThat(dense.get(i, c)).isEqualTo(gone ? 0 : x.get(i, c));
                }
            }
            assertThat((double) hidden / (NODES * COLUMNS)).isCloseTo(0.8, within(0.03));
            StoredMatrix all = HiddenFeatures.of(x, 0, Impute.MEAN, everyone(), memory);
            assertThat(all).isSameAs(x);
        }
    }

    @Test
    void theMeanIsThatOfWhatIsKnown() {
        try (Memory memory = Memory.unlimited();
                Matrix x = words(memory);
                SparseMatrix sparse = SparseMatrix.of(memory, Purpose.FEATURES, x);
                Matrix filled = (Matrix) HiddenFeatures.of(sparse, 0.5, Impute.MEAN, everyone(), memory)) {
            for (int c = 0; c < COLUMNS; c++) {
                double sum = 0;
                int known = 0;
                for (int i = 0; i < NODES; i++) {
                    if (HiddenFeatures.hidden(i, c, 0.5)) continue;
                    assertThat(filled.get(i, c)).isEqualTo(x.get(i, c));
                    sum += x.get(i, c);
                    known++;
                }
                for (int i = 0; i < NODES; i++) {
                    if (HiddenFeatures.hidden(i, c, 0.5)) {
                        assertThat((double) filled.get(i, c)).isCloseTo(sum / known, within(1e-5 * (1 + sum / known)));
                    }
                }
            }
        }
    }
}
