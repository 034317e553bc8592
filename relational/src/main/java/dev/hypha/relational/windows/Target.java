package dev.hypha.relational.windows;

import java.util.List;

/// What the feature generator needs to know of a predictive query.
///
/// @param entityTable the table whose rows are predicted for
/// @param signals row-level values behind the target; may be empty
/// @param startMicros where the target's window opens after the prediction time (exclusive)
/// @param endMicros where it closes (inclusive); equal to the start for a query without a window
public record Target(String entityTable, List<Signal> signals, long startMicros, long endMicros) {
    public Target {
        signals = List.copyOf(signals);
    }

    long lengthMicros() {
        return endMicros - startMicros;
    }
}
