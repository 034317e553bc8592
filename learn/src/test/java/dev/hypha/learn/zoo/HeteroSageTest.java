package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Model;
import dev.hypha.learn.Options;
import dev.hypha.learn.Shop;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.List;
import java.util.Map;
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

    private static double auroc(Model model) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                Shop shop = new Shop(memory, 500, 1)) {
            Trainer.Setup setup = new Trainer.Setup(
                    model,
                    SHORT,
                    Target.fit(TaskKind.BINARY, 1, new float[0]),
                    Metric.AUROC,
                    shop.batches(model, shop.seeds(TaskKind.BINARY, 0, 350)),
                    shop.batches(model, shop.seeds(TaskKind.BINARY, 350, 500)),
                    provider,
                    memory);
            try (Trainer trainer = new Trainer(setup, Trainer.Control.NONE, 3)) {
                Trainer.Trained trained = trainer.train();
                return trained.history().get(trained.bestEpoch() - 1).metric();
            }
        }
    }

    @Test
    void fanOutsFillUpWithTheLastOne() {
        HeteroSage model = Options.read(HeteroSage.class, Map.of("layers", "4", "fan-out", "8,-1"));
        assertThat(model.fanouts()).isEqualTo(List.of(8, -1, -1, -1));
        assertThatThrownBy(() -> Options.read(HeteroSage.class, Map.of("layers", "1")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--fan-out is 64,32");
    }
}
