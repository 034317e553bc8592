package dev.hypha.relational.predict;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Requests as small as they get.
final class Requests {
    private Requests() {}

    static PredictRequest of(Path database, String query, Path out) {
        return new PredictRequest(
                database.toString(),
                Optional.of(query),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                AskedTimes.CHOSEN,
                "trees",
                new AskedOutput(Optional.empty(), Optional.of(out), "csv"),
                false,
                0,
                1,
                1,
                512L << 20,
                false,
                false,
                Map.of("trees-rounds", "5", "trees-models", "1"));
    }
}
