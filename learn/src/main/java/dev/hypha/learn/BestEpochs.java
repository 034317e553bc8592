package dev.hypha.learn;

import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The weights of the best epochs so far, a file each: `best/epoch-00042.safetensors` in the folder of
/// checkpoints.
///
/// @param checkpoints folder of the training
/// @param most how many are kept
/// @param metric that says which are the best; of equal ones, and where it is undefined, the earlier
record BestEpochs(Path checkpoints, int most, Metric metric) {
    /// The folder in that of the checkpoints.
    static final String FOLDER = "best";

    /// Keeps the last epoch's weights if it is one of the best, and drops what is no longer.
    void keep(List<Epoch> history, Parameters weights) {
        Set<String> best = best(history).stream().map(BestEpochs::name).collect(Collectors.toSet());
        String last = name(history.getLast());
        Path folder = checkpoints.resolve(FOLDER);
        try {
            Files.createDirectories(folder);
            if (best.contains(last)) weights.save(folder.resolve(last), Map.of());
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    if (!best.contains(file.getFileName().toString())) Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
    }

    /// The best epochs, the best first.
    List<Epoch> best(List<Epoch> history) {
        List<Epoch> all = new ArrayList<>(history);
        all.sort((a, b) -> metric.better(a.metric(), b.metric()) ? -1 : metric.better(b.metric(), a.metric()) ? 1 : 0);
        return all.subList(0, Math.min(most, all.size()));
    }

    private static String name(Epoch epoch) {
        return "epoch-%05d.safetensors".formatted(epoch.number());
    }
}
