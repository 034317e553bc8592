package dev.hypha.relational.task;

import dev.hypha.relational.query.Span;
import java.util.Optional;
import java.util.OptionalLong;

/// Choices about times that a query leaves open. Times are microseconds since 1970-01-01 UTC; those not
/// given are chosen from the data.
///
/// @param protocol what test predictions may look at
/// @param validationTime the first validation time
/// @param testTime the first test time
/// @param step between prediction times; the window's length when absent
/// @param predictAt the time for which to score; the newest time in the data when absent. `AS OF` in the query goes
/// before it
public record TaskOptions(
        Protocol protocol,
        OptionalLong validationTime,
        OptionalLong testTime,
        Optional<Span> step,
        OptionalLong predictAt) {
    /// Everything chosen from the data.
    public static TaskOptions of(Protocol protocol) {
        return new TaskOptions(
                protocol, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), OptionalLong.empty());
    }

    /// With the cut-offs given.
    public TaskOptions withCutoffs(long validationTime, long testTime) {
        return new TaskOptions(protocol, OptionalLong.of(validationTime), OptionalLong.of(testTime), step, predictAt);
    }

    public TaskOptions withPredictAt(long time) {
        return new TaskOptions(protocol, validationTime, testTime, step, OptionalLong.of(time));
    }

    public TaskOptions withStep(Span step) {
        return new TaskOptions(protocol, validationTime, testTime, Optional.of(step), predictAt);
    }
}
