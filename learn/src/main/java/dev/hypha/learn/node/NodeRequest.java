package dev.hypha.learn.node;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a person asks of `hypha train`.
///
/// @param data what to learn from
/// @param model name in the catalogue, or [Method#AUTO]
/// @param options of the model, of training and of nodes, by kebab-case name: one value each, or several
///     to choose from
/// @param split as [dev.hypha.learn.data.Splits] reads it; the data's own unless given
/// @param out folder of the run; one named after the request unless given
/// @param seed first seed
/// @param seeds how many seeds to run, from `seed` on
/// @param threads worker threads
/// @param memoryBytes bound for memory off the heap
/// @param estimateOnly stop after the estimate
/// @param resume go on with what the same command has left
public record NodeRequest(
        DataSource data,
        String model,
        Map<String, List<String>> options,
        Optional<String> split,
        Optional<Path> out,
        long seed,
        int seeds,
        int threads,
        long memoryBytes,
        boolean estimateOnly,
        boolean resume) {
    public NodeRequest {
        options = new LinkedHashMap<>(options);
    }

    /// Whether the probe is to choose the model.
    boolean auto() {
        return model.equals(Method.AUTO);
    }

    /// The same with a model and its options.
    NodeRequest with(String name, Map<String, List<String>> read) {
        return new NodeRequest(data, name, read, split, out, seed, seeds, threads, memoryBytes, estimateOnly, resume);
    }
}
