package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.ShapeException;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ContextTest {
    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);
    private final KernelProvider provider = KernelProvider.of("plain", 1);
    private final Weights weights = new Weights(memory, 1);
    private final Tape tape = new Tape(provider, workspace, false);
    private final Context c = new Context(tape, weights, 2, true, 5);
    private final Tensor x = c.constant(2, 3, new float[] {1, 2, 3, 4, 5, 6});

    @AfterEach
    void free() {
        tape.close();
        workspace.close();
        provider.close();
        memory.close();
    }

    @Test
    void parametersAreMadeOnceAndFoundAgain() {
        Tensor first = c.linear("a", x, 4);
        Tensor again = c.linear("a", x, 4);
        assertThat(again.value().toArray()).isEqualTo(first.value().toArray());
        c.layerNorm("n", x);
        c.embedding("e", new int[] {0, 4}, 5, 2);
        List<String> names = new ArrayList<>();
        for (Parameter p : weights.parameters()) names.add(p.toString());
        assertThat(names)
                .containsExactly("a.weight[3, 4]", "a.bias[1, 4]", "n.gamma[1, 3]", "n.beta[1, 3]", "e.table[5, 2]");
    }

    @Test
    void aBagOfEmbeddingsIsTheSumOfItsRows() {
        Csr bags = new Csr(2, 5, new int[] {0, 3, 3}, new int[] {4, 1, 4});
        float[] table = c.embedding("e", new int[] {4, 1, 4}, 5, 2).value().toArray();
        float[] sums = c.embeddingBag("e", bags, 2, Reduce.SUM).value().toArray();
        assertThat(sums).containsExactly(table[0] + table[2] + table[4], table[1] + table[3] + table[5], 0, 0);
    }

    @Test
    void afterTheFirstPassUnknownNamesAndOtherShapesAreErrors() {
        c.linear("a", x, 4);
        weights.seal();
        c.linear("a", x, 4);
        assertThatThrownBy(() -> c.linear("b", x, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'b.weight'");
        assertThatThrownBy(() -> c.linear("a", x, 5))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("a.weight");
    }

    @Test
    void firstValuesDependOnKeyAndNameNotOnTheOrderOfAsking() {
        float[] alone = c.product("a", x, 4).value().toArray();
        try (Weights others = new Weights(memory, 1);
                Weights otherKey = new Weights(memory, 2)) {
            Context later = new Context(tape, others, 2, true, 5);
            assertThat(later.product("b", x, 4).value().toArray()).isNotEqualTo(alone);
            assertThat(later.product("a", x, 4).value().toArray()).isEqualTo(alone);
            Context other = new Context(tape, otherKey, 2, true, 5);
            assertThat(other.product("a", x, 4).value().toArray()).isNotEqualTo(alone);
        }
    }

    @Test
    void glorotHasItsVariance() {
        c.product("wide", c.constant(1, 300, new float[300]), 200);
        float[] w = weights.parameters().get("wide.weight").value().toArray();
        double sum = 0;
        for (float v : w) sum += v * (double) v;
        assertThat(sum / w.length).isBetween(0.97 * 2 / 500, 1.03 * 2 / 500);
    }

    @Test
    void dropoutDrawsAnewEachTimeInTrainingAndDoesNothingOtherwise() {
        Tensor ones = c.constant(1, 200, new float[200]).addScalar(1);
        float[] first = c.dropout(ones, 0.5).value().toArray();
        assertThat(c.dropout(ones, 0.5).value().toArray()).isNotEqualTo(first);
        assertThat(first).contains(0, 2);
        Context same = new Context(tape, weights, 2, true, 5);
        assertThat(same.dropout(ones, 0.5).value().toArray()).isEqualTo(first);
        assertThat(new Context(tape, weights, 2, false, 5).dropout(ones, 0.5)).isSameAs(ones);
    }
}
