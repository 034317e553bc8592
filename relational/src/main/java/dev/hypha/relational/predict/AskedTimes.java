package dev.hypha.relational.predict;

import java.util.Optional;

/// When to predict, measure and score, as a person wrote it; what is absent is chosen from the data.
///
/// @param validation validation cut-off, ISO date or timestamp
/// @param test test cut-off
/// @param step distance of prediction times such as `30 days`; absent: the length of the query's window
/// @param protocol `frozen` or `rolling`; absent: `frozen`, or that of the run that scores
/// @param predictAt instant to score today's entities at; absent: the newest time in the data
public record AskedTimes(
        Optional<String> validation,
        Optional<String> test,
        Optional<String> step,
        Optional<String> protocol,
        Optional<String> predictAt) {
    /// Everything chosen from the data.
    public static final AskedTimes CHOSEN =
            new AskedTimes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// These with the protocol given where they name none.
    AskedTimes orProtocol(String other) {
        return new AskedTimes(validation, test, step, protocol.or(() -> Optional.of(other)), predictAt);
    }
}
