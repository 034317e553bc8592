package dev.hypha.learn.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypha.learn.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One method trained with one seed: what is kept of it in the folder of an unfinished run, so that the
/// run can go on.
///
/// @param identity all that its result depends on
/// @param seed of it
/// @param split that it was trained on
/// @param metrics by the names of parts and metrics
/// @param history the learning curve
/// @param bestEpoch number of the epoch that its weights are from
/// @param seconds of wall clock
record Trial(
        String identity,
        long seed,
        String split,
        Map<String, Map<String, Double>> metrics,
        List<Epoch> history,
        int bestEpoch,
        double seconds) {
    private static final String FILE = "trial.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// A metric of a part; NaN where it was not measured.
    double metric(Part part, String name) {
        return metrics.getOrDefault(part.label(), Map.of()).getOrDefault(name, Double.NaN);
    }

    /// Where the weights of a finished trial are.
    static Path weights(Path folder) {
        return folder.resolve(WEIGHTS);
    }

    /// What was kept in a folder, if it is finished and of this identity.
    static Optional<Trial> read(Path folder, String identity) {
        try {
            if (!Files.exists(folder.resolve(FILE))) return Optional.empty();
            Trial trial = MAPPER.readValue(Files.readString(folder.resolve(FILE)), Trial.class);
            return Optional.of(trial).filter(one -> one.identity.equals(identity));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // cut off while it was written: the trial is run again
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /// Keeps a finished trial: its weights first, so that what says that it is finished is there last.
    void write(Path folder, NodeOutcome outcome) {
        try {
            Files.createDirectories(folder);
            outcome.weights().save(folder.resolve(WEIGHTS));
            Path beside = folder.resolve(FILE + ".partial");
            Files.writeString(beside, MAPPER.writeValueAsString(this));
            Files.move(
                    beside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
    }
}
