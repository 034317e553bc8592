package dev.hypha.learn.node;

import dev.hypha.learn.Epoch;
import dev.hypha.learn.Target;
import dev.hypha.learn.Weights;
import dev.hypha.learn.data.Split;
import java.util.List;
import java.util.Map;

/// What came of training with one seed.
///
/// @param seed of all randomness
/// @param split that it learned from and was measured on
/// @param metrics of each part that has nodes, by their names; those that are undefined on it are left out
/// @param predicted for every node, row-major, shape [nodes, outputs]: probabilities, or numbers in the target's unit
/// @param target what was predicted
/// @param history the learning curve
/// @param bestEpoch number of the epoch that the weights are from
/// @param weights the best ones; closed with this
/// @param seconds of wall clock that the training took
@SuppressWarnings("ArrayRecordComponent") // Two of these are never compared.
public record NodeOutcome(
        long seed,
        Split split,
        Map<Part, Map<String, Double>> metrics,
        float[] predicted,
        Target target,
        List<Epoch> history,
        int bestEpoch,
        Weights weights,
        double seconds)
        implements AutoCloseable {
    /// A metric of a part; NaN where it was not measured.
    public double metric(Part part, String metric) {
        return metrics.getOrDefault(part, Map.of()).getOrDefault(metric, Double.NaN);
    }

    /// Frees the weights.
    @Override
    public void close() {
        weights.close();
    }
}
