package dev.hypha.learn.probe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One thing that was measured, and what it means in plain words.
///
/// @param what a name that scripts may rely on, such as `homophily-adjusted`
/// @param value NaN where it is not defined, which is left out for machines
/// @param means a sentence
public record Finding(String what, double value, String means) {
    /// The same for machines.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("what", what);
        if (Double.isFinite(value)) json.put("value", value);
        else json.putNull("value");
        return json.put("means", means);
    }
}
