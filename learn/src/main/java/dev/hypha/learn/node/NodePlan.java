package dev.hypha.learn.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.TrainingEstimate;
import dev.hypha.tensor.Memory;
import java.util.Locale;
import java.util.Map;

/// What a step will look at and what the training will take, known before it starts.
///
/// @param pass what a step looks at; not `AUTO`
/// @param estimate of memory, beside what data and features hold already
public record NodePlan(NodeOptions.Pass pass, TrainingEstimate estimate) {
    /// In a line, to be printed.
    public String line() {
        String looks = switch (pass) {
            case WHOLE, AUTO -> "each step looks at the whole graph";
            case SAMPLED -> "each step looks at samples around its nodes";
            case PRECOMPUTED -> "what the model reads off the graph is worked out once; each step looks at nodes alone";
            case SCOPED -> "each step looks at some nodes, each in a subgraph of its own";
        };
        return "%s; %,d parameters; estimate: %s beside the data"
                .formatted(looks, estimate.parameters(), text(estimate.bytes()));
    }

    /// @throws InputException of kind `memory-limit` where it does not fit
    public void require(Memory memory) {
        long free = memory.limit() - memory.live();
        if (estimate.bytes() <= free) return;
        throw new InputException(
                "memory-limit",
                "the training needs %s beside the data: %s of %s are free"
                        .formatted(text(estimate.bytes()), text(free), text(memory.limit())),
                Map.of("neededBytes", estimate.bytes(), "freeBytes", free, "limitBytes", memory.limit()),
                "Give more with --memory, or less to hold with --pass sampled, --batch or --hidden.");
    }

    ObjectNode json(Memory memory) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pass", pass.name().toLowerCase(Locale.ROOT))
                .put("parameters", estimate.parameters())
                .put("dataBytes", memory.live())
                .put("parameterBytes", estimate.parameterBytes())
                .put("activationBytes", estimate.activationBytes())
                .put("bytes", memory.live() + estimate.bytes());
    }

    private static String text(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 0x1p20);
    }
}
