package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// A measured value over seeds, as runs write it.
///
/// @param sd 0 with one seed
record Measured(double mean, double sd, int seeds) {
    /// Reads `{"mean": m, "sd": s, "values": [..]}`; empty where that is missing or no number.
    static Optional<Measured> of(JsonNode node) {
        JsonNode mean = node.path("mean");
        if (!mean.isNumber()) {
            return Optional.empty();
        }
        return Optional.of(new Measured(
                mean.asDouble(),
                node.path("sd").asDouble(0),
                Math.max(1, node.path("values").size())));
    }
}
