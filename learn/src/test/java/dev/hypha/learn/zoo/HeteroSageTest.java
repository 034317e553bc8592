package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Context;
import dev.hypha.learn.Options;
import dev.hypha.learn.RowBatch;
import dev.hypha.learn.RowModel;
import dev.hypha.learn.Seeds;
import dev.hypha.learn.Shop;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.Weights;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HeteroSageTest {
    private static final Training SHORT =
            Options.read(Training.class, Map.of("epochs", "6", "batch", "128", "rate", "0.01"));

    @Test
    void learnsASignalTwoHopsAwayThatOneHopCannotSee() {
        double two = auroc(Options.read(HeteroSage.class, Map.of("channels", "16")));
        double one = auroc(Options.read(HeteroSage.class, Map.of("channels", "16", "layers", "1", "fan-out", "64")));
        assertThat(two).isGreaterThan(0.95);
        assertThat(one).isBetween(0.4, 0.6);
    }

    private static double auroc(RowModel model) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                Shop shop = new Shop(memory, 500, 1)) {
            Trainer.Setup<RowBatch> setup = new Trainer.Setup<>(
                    model,
                    SHORT,
                    Target.fit(TaskKind.BINARY, 1, new float[0]),
                    Metric.AUROC,
                    shop.batches(model, shop.seeds(TaskKind.BINARY, 0, 350)),
                    shop.batches(model, shop.seeds(TaskKind.BINARY, 350, 500)),
                    provider,
                    memory);
            try (Trainer<RowBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 3)) {
                Trainer.Trained trained = trainer.train();
                return trained.history().get(trained.bestEpoch() - 1).metric();
            }
        }
    }

    /// The worked example: every number follows from the equations at the head of the model's file.
    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        for (int layers = 1; layers <= 3; layers++) {
            RowModel model = Options.read(
                    HeteroSage.class,
                    Map.of("channels", "6", "layers", Integer.toString(layers), "fan-out", "4", "dropout", "0"));
            try (Memory memory = Memory.unlimited();
                    Workspace workspace = new Workspace(memory);
                    KernelProvider provider = KernelProvider.choose(1);
                    Shop shop = new Shop(memory, 20, layers);
                    Weights weights = new Weights(memory, layers);
                    Tape tape = new Tape(provider, workspace, false)) {
                int[] rows = IntStream.range(0, 12).toArray();
                RowBatch batch =
                        shop.batches(model, shop.seeds(TaskKind.BINARY, 5, 9)).batch(rows, 3);
                model.forward(new Context(tape, weights, 1, false, 0), batch);
                shake(weights);
                Tensor logits = model.forward(new Context(tape, weights, 1, false, 0), batch);
                SlowHeteroSage slow = new SlowHeteroSage(weights, batch, layers);
                for (int i = 0; i < rows.length; i++) {
                    double expected = slow.logit(i);
                    assertThat((double) logits.value().get(i, 0))
                            .as(layers + " layers, seed " + i)
                            .isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
                }
            }
        }
    }

    /// So that biases, gammas and betas are not all zeros and ones.
    private static void shake(Weights weights) {
        SplittableRandom random = new SplittableRandom(1);
        for (Parameter p : weights.parameters()) {
            for (long i = 0; i < p.value().size(); i++) p.value().add(i, (float) random.nextDouble(-0.3, 0.3));
        }
    }

    @Test
    void seedFeaturesAndLagReachTheHead() {
        RowModel plain = Options.read(HeteroSage.class, Map.of("channels", "4", "layers", "1", "fan-out", "-1"));
        RowModel lagging =
                Options.read(HeteroSage.class, Map.of("channels", "4", "layers", "1", "fan-out", "-1", "lag", "true"));
        Seeds with = seed(0, 0.5f);
        assertThat(logit(plain, with)).isNotEqualTo(logit(plain, seed(0, -0.5f)));
        assertThat(logit(lagging, with)).isNotEqualTo(logit(lagging, seed(5, 0.5f)));
        assertThat(logit(lagging, seed(0))).isNotEqualTo(logit(lagging, seed(5)));
        assertThat(logit(plain, with)).isEqualTo(logit(plain, seed(5, 0.5f)));
    }

    private static Seeds seed(int lagDays, float... own) {
        long time = 900 * Shop.DAY; // all orders lie before the cut-off either way
        return new Seeds(new int[] {3}, new long[] {time}, new long[] {time - lagDays * Shop.DAY}, new float[1], own);
    }

    private static float logit(RowModel model, Seeds seeds) {
        try (Memory memory = Memory.unlimited();
                Workspace workspace = new Workspace(memory);
                KernelProvider provider = KernelProvider.choose(1);
                Shop shop = new Shop(memory, 20, 1);
                Weights weights = new Weights(memory, 1);
                Tape tape = new Tape(provider, workspace, false)) {
            RowBatch batch = shop.batches(model, seeds).batch(new int[] {0}, 0);
            return model.forward(new Context(tape, weights, 1, false, 0), batch).number();
        }
    }

    @Test
    void fanOutsFillUpWithTheLastOne() {
        HeteroSage model = Options.read(HeteroSage.class, Map.of("layers", "4", "fan-out", "8,-1"));
        assertThat(model.fanouts()).isEqualTo(List.of(8, -1, -1, -1));
        assertThatThrownBy(() -> Options.read(HeteroSage.class, Map.of("layers", "1")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--fan-out is 16,8");
    }
}
