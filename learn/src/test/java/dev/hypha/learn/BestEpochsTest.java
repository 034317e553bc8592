package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BestEpochsTest {
    @TempDir
    private Path folder;

    @Test
    void theWeightsOfTheBestEpochsAreThereAfterEachEpoch() throws IOException {
        double[] metrics = {0.5, Double.NaN, 0.7, 0.6, 0.7, 0.9, 0.1};
        String[] best = {"1", "1 2", "1 3", "3 4", "3 5", "3 6", "3 6"};
        List<Epoch> history = new ArrayList<>();
        try (Memory memory = Memory.unlimited();
                Parameters weights = new Parameters(memory)) {
            weights.add("w", 1, 1);
            for (int i = 0; i < metrics.length; i++) {
                history.add(new Epoch(i + 1, 0, metrics[i], 0.1, 0));
                weights.get("w").value().fill(i + 1);
                new BestEpochs(folder, 2, Metric.ACCURACY).keep(history, weights);
                assertThat(kept(memory)).as("after epoch %d", i + 1).isEqualTo(best[i]);
            }
        }
    }

    /// The numbers of the epochs whose weights are there, as the weights themselves tell.
    private String kept(Memory memory) throws IOException {
        List<String> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("best"))) {
            for (Path file : files.sorted().toList()) {
                try (Weights weights = Weights.load(memory, file)) {
                    int epoch = (int) weights.parameters().get("w").value().get(0, 0);
                    assertThat(file.getFileName()).hasToString("epoch-%05d.safetensors".formatted(epoch));
                    numbers.add("" + epoch);
                }
            }
        }
        return String.join(" ", numbers);
    }
}
