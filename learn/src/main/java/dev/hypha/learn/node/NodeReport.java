package dev.hypha.learn.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.Epoch;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeReader;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.metrics.Spread;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tree of a run: what was asked, how it was measured, how good it is; and under `report` what people
/// look at.
///
/// @param split of the first seed
/// @param candidates all that were tried
/// @param best the one that validation nodes chose
/// @param metric by which they chose
record NodeReport(
        NodeRequest request, NodeData data, Split split, List<Candidate> candidates, Candidate best, Metric metric) {
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("data", data.name()).put("model", best.method().name());
        ObjectNode options = json.putObject("options");
        best.method().written().forEach(options::put);
        json.put("task", data.kind().label());
        ObjectNode rows = json.putObject("rows");
        for (Part part : Part.values()) rows.put(part.label(), part.of(split).length);
        ObjectNode metrics = json.putObject("metrics");
        for (Part part : Part.values()) {
            if (part.of(split).length > 0) metrics.set(part.label(), spread(best, part));
        }
        json.set("epochSeconds", epochSeconds());
        provenance(json);
        if (candidates.size() > 1) sweep(json.putArray("sweep"));
        report(json.putObject("report"));
        return json;
    }

    private static ObjectNode spread(Candidate candidate, Part part) {
        return Spread.json(candidate.trials().stream()
                .map(trial -> trial.metrics().get(part.label()))
                .toList());
    }

    /// Of each seed, the mean over its epochs.
    private ObjectNode epochSeconds() {
        return new Spread(best.trials().stream()
                        .map(trial -> trial.history().stream()
                                .mapToDouble(Epoch::seconds)
                                .average()
                                .orElse(0))
                        .toList())
                .json();
    }

    private void provenance(ObjectNode json) {
        json.put("dataHash", data.fingerprint());
        json.put("seed", request.seed()).put("seeds", request.seeds());
        Set<String> splits = new LinkedHashSet<>();
        best.trials().forEach(trial -> splits.add(trial.split()));
        ArrayNode names = json.putArray("splits");
        splits.forEach(names::add);
        json.put("nodes", data.nodes()).put("arcs", data.arcs().edges()).put("directed", data.directed());
        json.put("features", data.features().cols());
        ArrayNode classes = json.putArray("classes");
        data.classNames().forEach(classes::add);
    }

    /// What was tried, each with what it reached on validation nodes; test nodes are not looked at for it.
    private void sweep(ArrayNode sweep) {
        for (Candidate each : candidates) {
            ObjectNode one = sweep.addObject();
            ObjectNode options = one.putObject("options");
            Map<String, String> written = each.method().written();
            request.options().forEach((name, values) -> {
                if (values.size() > 1) options.put(name, written.get(name));
            });
            one.set("validation", spread(each, Part.VALIDATION));
            one.put("chosen", each.equals(best));
        }
    }

    /// How many nodes of each class the first seed learned from.
    private void learnedPerClass(ObjectNode people) {
        if (data.kind() != TaskKind.MULTICLASS && data.kind() != TaskKind.BINARY) return;
        int[] counts = new int[data.classNames().size()];
        for (int node : split.train()) counts[(int) data.labels()[node]]++;
        ObjectNode learned = people.putObject("learnedPerClass");
        for (int c = 0; c < counts.length; c++) learned.put(data.classNames().get(c), counts[c]);
    }

    private void report(ObjectNode people) {
        ArrayNode sentences = people.putArray("sentences");
        sentences.add(data + ".");
        data.notes().forEach(sentences::add);
        sentences.add("Split " + split + (best.trials().size() > 1 ? ", with the first seed." : "."));
        split.notes().forEach(sentences::add);
        if (best.method().options().inductive()) {
            sentences.add("Validation and test nodes were hidden, with their edges, while the model learned.");
            if (data.notes().contains(NodeReader.WITHOUT_FEATURES)) {
                sentences.add("Edges to hidden nodes were counted all the same: how many a node has is its feature.");
            }
        }
        if (candidates.size() > 1) {
            sentences.add("%d combinations of options were tried; validation nodes chose by %s."
                    .formatted(candidates.size(), metric.label()));
        }
        people.put("paper", Method.listed(best.method().name()).paper());
        ObjectNode groups = people.putObject("options");
        best.method().grouped().forEach((group, options) -> options.forEach(groups.withObjectProperty(group)::put));
        learnedPerClass(people);
        Trial first = best.trials().getFirst();
        people.put("decidingMetric", metric.label()).put("bestEpoch", first.bestEpoch());
        ArrayNode curve = people.putArray("curve");
        for (Epoch epoch : first.history()) {
            ObjectNode point = curve.addObject().put("epoch", epoch.number()).put("loss", epoch.loss());
            if (Double.isFinite(epoch.metric())) point.put("metric", epoch.metric());
        }
    }
}
