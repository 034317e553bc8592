package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PretrainingTest {
    @TempDir
    Path temp;

    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.choose(1);
    private final SkewedGraph graph = new SkewedGraph(memory, 200);

    @AfterEach
    void free() {
        graph.close();
        provider.close();
        assertThat(memory.live()).as("bytes left behind").isZero();
        memory.close();
    }

    /// A code of the features that they can be told from comes first; classes are read off it.
    ///
    /// @param heard how much the rest hears of the code
    /// @param wrong what the loss of the code is multiplied with
    private record Coded(int pretraining, float heard, float wrong) implements NodeModel, PretrainedModel<NodeBatch> {
        @Override
        public int layers() {
            return 0;
        }

        @Override
        public String pretrained() {
            return "code";
        }

        @Override
        public Tensor loss(Context c, NodeBatch in) {
            Context own = c.part("code", c.outputs());
            Tensor x = c.features(in);
            return own.product("back", own.product("there", x, 8), x.cols())
                    .meanSquared(x)
                    .scale(wrong);
        }

        @Override
        public Tensor forward(Context c, NodeBatch in) {
            Tensor x = c.features(in);
            Tensor code = c.fixed("code", c.outputs()).product("there", x, 8).scale(heard);
            return c.linear("out", code.concat(x), c.outputs());
        }
    }

    /// What came of a training.
    private record Result(Map<String, List<Float>> weights, List<Double> losses) {
        /// Those of the part, or those of the rest.
        Map<String, List<Float>> of(boolean part) {
            Map<String, List<Float>> some = new LinkedHashMap<>(weights);
            some.keySet().removeIf(name -> name.startsWith("code/") != part);
            return some;
        }
    }

    private Result trained(NodeModel model, int epochs) {
        return trained(model, epochs, Trainer.Control.NONE);
    }

    private Result trained(NodeModel model, int epochs, Trainer.Control control) {
        try (Trainer<NodeBatch> trainer = new Trainer<>(setup(model, epochs), control, 3)) {
            Trainer.Trained trained = trainer.train();
            try (Weights weights = trained.weights()) {
                Map<String, List<Float>> values = new LinkedHashMap<>();
                for (Parameter p : weights.parameters()) {
                    List<Float> of = new ArrayList<>();
                    for (float x : p.value().toArray()) of.add(x);
                    values.put(p.name(), of);
                }
                return new Result(
                        values, trained.history().stream().map(Epoch::loss).toList());
            }
        }
    }

    /// Without validation rows, so that the last epoch's weights are the result.
    private Trainer.Setup<NodeBatch> setup(NodeModel model, int epochs) {
        int[] nodes = graph.nodes(0, 100);
        return graph.setup(
                model,
                epochs,
                50,
                new WholeGraph(graph.features(), graph.edges(), 0, nodes, SkewedGraph.labels(100)),
                new WholeGraph(graph.features(), graph.edges(), 0, new int[0], new float[0]),
                provider,
                memory);
    }

    @Test
    void thePartLearnsBeforeAndStays() {
        Result one = trained(new Coded(30, 1, 1), 1);
        assertThat(one.of(true))
                .isNotEmpty()
                .isEqualTo(trained(new Coded(30, 1, 1), 4).of(true));
        assertThat(one.of(true)).isNotEqualTo(trained(new Coded(29, 1, 1), 1).of(true));
        assertThat(one.of(false)).isNotEqualTo(trained(new Coded(30, 1, 1), 2).of(false));
    }

    /// Its steps are forgotten: what does not hear of it learns as if it had not been there.
    @Test
    void theRestLearnsAsFromTheBeginning() {
        assertThat(trained(new Coded(1, 0, 1), 3).of(false))
                .isEqualTo(trained(new Coded(40, 0, 1), 3).of(false));
    }

    @Test
    void itsLossFalls() {
        List<Double> losses = new ArrayList<>();
        Progress heard = new Progress() {
            @Override
            public void at(long done, String state) {
                if (state.startsWith("loss ")) losses.add(Double.valueOf(state.substring("loss ".length())));
            }
        };
        trained(new Coded(200, 1, 1), 1, new Trainer.Control(null, false, "", heard, () -> false));
        assertThat(losses).hasSize(200);
        assertThat(losses.getLast()).isLessThan(0.9 * losses.getFirst());
    }

    @Test
    void stoppedAndResumedEndsInTheSameBits() {
        Coded model = new Coded(20, 1, 1);
        Result whole = trained(model, 4);
        Progress stop = new Progress() {
            @Override
            public void at(long done, String state) {
                if (done == 4 && !state.startsWith("loss ")) throw new IllegalStateException("pulled the plug");
            }
        };
        assertThatThrownBy(() -> trained(model, 4, new Trainer.Control(temp, false, "", stop, () -> false)))
                .hasMessage("pulled the plug");
        assertThat(trained(model, 4, new Trainer.Control(temp, true, "", Progress.SILENT, () -> false)))
                .isEqualTo(whole);
    }

    @Test
    void itIsCancelledInMidway() {
        assertThatThrownBy(() -> trained(
                        new Coded(20, 1, 1), 1, new Trainer.Control(temp, false, "", Progress.SILENT, () -> true)))
                .isInstanceOf(CancellationException.class)
                .hasMessage("training was cancelled before its first epoch");
    }

    @Test
    void aLossThatIsNoNumberIsSaid() {
        assertThatThrownBy(() -> trained(new Coded(5, 1, Float.NaN), 1))
                .isInstanceOf(InputException.class)
                .hasMessage("the loss is NaN in step 1 of the training of the code");
    }

    @Test
    void theEstimateCountsBoth() {
        Trainer.Setup<NodeBatch> setup = setup(new Coded(3, 1, 1), 2);
        TrainingEstimate estimate = TrainingEstimate.of(setup, 3);
        try (Memory own = Memory.unlimited();
                Trainer<NodeBatch> trainer = new Trainer<>(setup.on(provider, own), Trainer.Control.NONE, 3)) {
            trainer.train().weights().close();
            assertThat(own.peak()).isEqualTo(estimate.bytes());
        }
    }
}
