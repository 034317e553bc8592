package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The tree of a run's `run.json`, which is all that a report knows. Any part may be missing: a run that
/// only scored has no measurement, one of trees alone has no learning curve.
record RunTree(ObjectNode json) {
    /// Whether it labels the nodes of a graph, and is about no database.
    boolean ofNodes() {
        return text("command").equals("train");
    }

    JsonNode report(String part) {
        return json.path("report").path(part);
    }

    String text(String field) {
        return json.path(field).asText("");
    }

    /// Test where there are test rows, otherwise validation, otherwise nothing was measured.
    Optional<String> measuredSplit() {
        for (String split : List.of("test", "validation")) {
            if (!json.path("metrics").path(split).isEmpty()) {
                return Optional.of(split);
            }
        }
        return Optional.empty();
    }

    /// The metric to speak of first: the task's usual one, otherwise any that was measured.
    Optional<String> headlineMetric() {
        return measuredSplit().flatMap(split -> {
            JsonNode metrics = json.path("metrics").path(split);
            List<String> candidates = new ArrayList<>(Names.headlines(text("task")));
            metrics.fieldNames().forEachRemaining(candidates::add);
            return candidates.stream().filter(metrics::has).findFirst();
        });
    }

    /// All metrics of a split, by method, the answering model under the name `model` first.
    SequencedMap<String, JsonNode> methods(String split) {
        SequencedMap<String, JsonNode> methods = new LinkedHashMap<>();
        methods.put("model", json.path("metrics").path(split));
        JsonNode rivals = split.equals("test") ? json.path("baselines") : report("baselinesValidation");
        for (Map.Entry<String, JsonNode> rival : rivals.properties()) {
            methods.put(rival.getKey(), rival.getValue());
        }
        return methods;
    }

    /// Names of the metrics that any method was measured by.
    SequencedSet<String> metrics(Collection<JsonNode> methods) {
        SequencedSet<String> names = new LinkedHashSet<>();
        methods.forEach(method -> method.fieldNames().forEachRemaining(names::add));
        return names;
    }

    /// Pairs of numbers, such as the points of a curve.
    List<double[]> points(String part) {
        List<double[]> points = new ArrayList<>();
        for (JsonNode point : report(part)) {
            points.add(new double[] {point.path(0).asDouble(), point.path(1).asDouble()});
        }
        return points;
    }

    List<String> sentences(String part) {
        List<String> sentences = new ArrayList<>();
        report(part).forEach(sentence -> sentences.add(sentence.asText()));
        return sentences;
    }

    /// Whether leaks were found, so that the measurement cannot be trusted.
    boolean leaks() {
        for (JsonNode finding : report("audit")) {
            if (finding.path("severity").asText().equals("leak")) {
                return true;
            }
        }
        return false;
    }
}
