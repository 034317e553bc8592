package dev.hypha.relational.predict;

import dev.hypha.graph.InputException;
import dev.hypha.tensor.MemoryLimitException;
import dev.hypha.tensor.Purpose;
import java.util.Map;

/// Memory that did not suffice, told to whoever set its bound: what was asked, what is free, what would lower it.
public final class MemoryShortage {
    private MemoryShortage() {}

    /// What is said of a request that was refused.
    ///
    /// @return of kind `memory-limit`
    public static InputException of(MemoryLimitException refused) {
        long free = refused.limitBytes() - refused.liveBytes();
        return new InputException(
                "memory-limit",
                Estimate.text(refused.wantedBytes()) + " more for "
                        + refused.purpose().label() + " do not fit: " + Estimate.text(free) + " of "
                        + Estimate.text(refused.limitBytes()) + " are free",
                Map.of(
                        "purpose",
                        refused.purpose().label(),
                        "neededBytes",
                        refused.wantedBytes(),
                        "freeBytes",
                        free,
                        "limitBytes",
                        refused.limitBytes()),
                "Give more with --memory, or " + lowering(refused.purpose()) + ".");
    }

    /// What would take less of a kind, to be said after "or".
    static String lowering(Purpose purpose) {
        return switch (purpose) {
            case GRAPH -> "leave tables out in the schema file";
            case FEATURES -> "leave columns out in the schema file, those of text first";
            case PARAMETERS -> "take narrower layers with --channels";
            case ACTIVATIONS -> "lower --batch, --fan-out or --channels";
            case WORKSPACE -> "grow fewer trees at once with --threads, from fewer rows with a larger --step";
        };
    }
}
