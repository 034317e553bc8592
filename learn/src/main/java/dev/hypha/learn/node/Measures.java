package dev.hypha.learn.node;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.Counted;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeLabels;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.metrics.Outcomes;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What can be measured of answers for all nodes, on the parts of a split.
///
/// @param data the graph, for its labels and names
record Measures(NodeData data) {
    /// @throws InputException where there is nobody to learn from, all of one class, or somebody without a label
    void requireKnown(Split split) {
        if (split.train().length == 0) {
            throw new InputException(
                    "no-training-nodes",
                    "the split " + split.name() + " has no node to learn from",
                    Map.of("split", split.name()),
                    "Give another with --split.");
        }
        for (Part part : Part.values()) requireKnown(split, part);
        requireClasses(split);
    }

    private void requireClasses(Split split) {
        if (data.kind() != TaskKind.MULTICLASS && data.kind() != TaskKind.BINARY) return;
        int first = (int) data.labels()[split.train()[0]];
        if (Arrays.stream(split.train()).anyMatch(node -> data.labels()[node] != first)) return;
        throw new InputException(
                "one-class",
                "all nodes that the split %s learns from have the label %s"
                        .formatted(split.name(), data.target().names().get(first)),
                Map.of("split", split.name()),
                "Give another with --split, or more labels.");
    }

    private void requireKnown(Split split, Part part) {
        int[] unknown = Arrays.stream(part.of(split))
                .filter(node -> !data.target().known(node))
                .toArray();
        if (unknown.length == 0) return;
        throw new InputException(
                "unlabelled-nodes",
                "%s of the split %s %s no label, the first is %s"
                        .formatted(
                                Counted.of(unknown.length, part.label() + " node"),
                                split.name(),
                                unknown.length == 1 ? "has" : "have",
                                data.nodeNames().get(unknown[0])),
                Map.of("split", split.name(), "nodes", unknown.length),
                "Give them labels, or take them out of the split.");
    }

    /// All metrics of each part that has nodes, by their names; those that are undefined on it are left
    /// out.
    ///
    /// @param predicted for every node, row-major
    Map<Part, Map<String, Double>> of(Split split, float[] predicted, Target target) {
        Map<Part, Map<String, Double>> all = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            int[] nodes = part.of(split);
            if (nodes.length > 0) all.put(part, metrics(outcomes(nodes, predicted, target)));
        }
        return all;
    }

    private Outcomes outcomes(int[] nodes, float[] predicted, Target target) {
        int outputs = target.outputs();
        float[] some = new float[nodes.length * outputs];
        for (int i = 0; i < nodes.length; i++) {
            System.arraycopy(predicted, nodes[i] * outputs, some, i * outputs, outputs);
        }
        NodeLabels labels = data.target();
        return new Outcomes(target.kind(), outputs, some, labels.of(nodes));
    }

    private static Map<String, Double> metrics(Outcomes outcomes) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : Metric.of(outcomes.kind())) {
            double value = metric.of(outcomes);
            if (Double.isFinite(value)) values.put(metric.label(), value);
        }
        return values;
    }
}
