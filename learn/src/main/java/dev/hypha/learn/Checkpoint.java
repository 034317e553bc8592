package dev.hypha.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hypha.graph.InputException;
import dev.hypha.tensor.OptimizerState;
import dev.hypha.tensor.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a training stands after an epoch, on disk: a folder `epoch-00007` with the weights, the best weights, the
/// optimiser's state and `state.json`. It is written beside and renamed as a whole; only then the one before is
/// deleted.
final class Checkpoint {
    private static final Pattern NAME = Pattern.compile("epoch-\\d{5}");
    private static final String STATE = "state.json";
    private static final String BEST = "best.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";

    private final Path folder;

    /// @param folder holds the checkpoints of one training
    Checkpoint(Path folder) {
        this.folder = folder;
    }

    /// What is known of a training besides its tensors.
    ///
    /// @param training options, key and sizes that must be the same to go on
    /// @param history all epochs so far
    /// @param bestEpoch number of the epoch whose weights are the best so far, 0 for none
    /// @param stale epochs in a row without improvement
    /// @param halvings of the learning rate so far
    record State(String training, List<Epoch> history, int bestEpoch, int stale, int halvings) {
        State {
            history = List.copyOf(history);
        }
    }

    void write(State state, Parameters weights, Parameters best, OptimizerState optimizer) {
        String name = "epoch-%05d".formatted(state.history.size());
        Path partial = folder.resolve(name + ".partial");
        try {
            RunDraft.delete(partial);
            Files.createDirectories(partial);
            weights.save(partial.resolve(Run.WEIGHTS), Map.of());
            best.save(partial.resolve(BEST), Map.of());
            optimizer.save(partial.resolve(OPTIMIZER));
            Files.writeString(partial.resolve(STATE), Run.MAPPER.writeValueAsString(state));
            Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            for (Path old : complete()) if (!old.getFileName().toString().equals(name)) RunDraft.delete(old);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint to " + folder, e);
        }
    }

    /// Reads the latest checkpoint, if there is one, into what is given.
    ///
    /// @param training what the present training's [State#training] would be
    /// @throws InputException when the checkpoint is damaged or of another training; nothing was read then
    Optional<State> read(String training, Parameters weights, Parameters best, OptimizerState optimizer) {
        try {
            if (!Files.isDirectory(folder) || complete().isEmpty()) return Optional.empty();
            Path latest = complete().getLast();
            State state = Run.MAPPER.readValue(Files.readString(latest.resolve(STATE)), State.class);
            if (!state.training.equals(training)) throw differs(latest, state.training, training);
            weights.load(latest.resolve(Run.WEIGHTS));
            best.load(latest.resolve(BEST));
            optimizer.load(latest.resolve(OPTIMIZER));
            return Optional.of(state);
        } catch (JsonProcessingException e) {
            throw refused(folder, "is damaged: its state is not valid JSON");
        } catch (IOException e) {
            throw refused(folder, "is damaged: " + e.getMessage());
        }
    }

    void clear() {
        try {
            RunDraft.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private List<Path> complete() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> NAME.matcher(p.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static InputException differs(Path file, String then, String now) {
        int at = 0;
        while (at < Math.min(then.length(), now.length()) && then.charAt(at) == now.charAt(at)) at++;
        int from = Math.max(0, Math.max(then.lastIndexOf(' ', at), then.lastIndexOf('[', at)) + 1);
        return refused(
                file,
                "is of a training with other options or data: then " + word(then, from) + ", now " + word(now, from));
    }

    private static String word(String text, int from) {
        int end = text.indexOf(',', Math.min(from, text.length()));
        return text.substring(Math.min(from, text.length()), end < 0 ? text.length() : end);
    }

    private static InputException refused(Path file, String why) {
        return new InputException(
                "bad-checkpoint",
                "The checkpoint in " + file + " " + why,
                Map.of("file", file.toString()),
                "Use the options and the data of the interrupted run, or start again without --resume.");
    }
}
