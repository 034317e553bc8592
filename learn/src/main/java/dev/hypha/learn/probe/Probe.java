package dev.hypha.learn.probe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Keys;
import dev.hypha.learn.Place;
import dev.hypha.learn.data.FeatureScaling;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.probe.Embeddings.Kind;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a graph with labels tells before anything is trained on it: how much of the labels can be read
/// off its structure and its features, what edges have to do with labels, and what is worth training.
/// Looks at labels of training and validation nodes alone. The work is linear in the edges.
///
/// Lee et al., "NetInfoF framework: measuring and exploiting network usable information", ICLR 2024, for
/// nodes. Departure: the paper cuts an embedding into clusters and counts classes in each; here the
/// answer of a closed-form linear model, fitted without the node, stands for the cluster. It finds what a
/// cluster of many dimensions hides, and for two or three hundred labels there are few enough answers to
/// count.
///
/// @param findings what was measured, in the order it is told
/// @param advice what follows
public record Probe(List<Finding> findings, Advice advice) {
    public Probe {
        findings = List.copyOf(findings);
    }

    /// @param key of what is drawn: samples, parts of the labels
    /// @throws InputException where labels are too few to tell anything, or memory does not suffice
    public static Probe of(NodeData data, Split split, long key, Place place) {
        requireRoom(data, place.memory());
        KnownLabels known = KnownLabels.of(data, split, Keys.split(key, "labels"));
        Threads threads = new Threads(place.provider().threads());
        place.progress().stage("reading the edges", -1);
        GraphFacts facts = GraphFacts.of(data, split, known, Keys.split(key, "directions"));
        Evidence evidence = evidence(data, known, key, threads, place);
        Advice advice = Advice.of(evidence, facts, known, data.kind());
        return new Probe(new Account(data, split, known, facts, evidence).findings(), advice);
    }

    /// Bytes off the heap that a probe takes at most, beside the graph that it looks at.
    static long bytes(NodeData data) {
        long scaled =
                data.features() instanceof SparseMatrix sparse ? sparse.values().bytes() : 0;
        return scaled + Embeddings.bytes(data);
    }

    private static void requireRoom(NodeData data, Memory memory) {
        long free = memory.limit() - memory.live();
        long bytes = bytes(data);
        if (bytes <= free) return;
        throw new InputException(
                "memory-limit",
                String.format(
                        Locale.ROOT,
                        "the probe needs %,.1f MB beside the data: %,.1f MB are free",
                        bytes / 0x1p20,
                        free / 0x1p20),
                Map.of("neededBytes", bytes, "freeBytes", free, "limitBytes", memory.limit()),
                "Give more with --memory.");
    }

    private static Evidence evidence(NodeData data, KnownLabels known, long key, Threads threads, Place place) {
        StoredMatrix features = FeatureScaling.AUTO.of(data.features(), place.memory());
        try {
            Map<Kind, float[][]> read =
                    Embeddings.of(data, features, known.nodes(), Keys.split(key, "embeddings"), place);
            place.progress().stage("comparing with labels", -1);
            Readout readout = new Readout(known.classes(), known.count(), known.folds(Keys.split(key, "folds")));
            return Evidence.of(read, readout, threads);
        } finally {
            if (features != data.features()) features.close();
        }
    }

    /// The same with more that was measured.
    public Probe with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Probe(all, advice);
    }

    /// The value of a finding; NaN where there is none of that name.
    public double value(String what) {
        for (Finding each : findings) if (each.what().equals(what)) return each.value();
        return Double.NaN;
    }

    /// Findings, advice and choice for machines.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode found = json.putArray("findings");
        findings.forEach(each -> found.add(each.json()));
        ArrayNode sentences = json.putArray("advice");
        advice.sentences().forEach(sentences::add);
        json.putObject("choice").put("model", advice.model()).put("directed", advice.directed());
        return json;
    }

    /// All that was measured, as findings.
    private record Account(NodeData data, Split split, KnownLabels known, GraphFacts facts, Evidence evidence) {
        List<Finding> findings() {
            List<Finding> all = new ArrayList<>();
            labels(all);
            information(all);
            homophily(all);
            directions(all);
            duplicates(all);
            structure(all);
            return all;
        }

        private void labels(List<Finding> all) {
            JointCounts any = evidence.views().get(View.FEATURES);
            all.add(new Finding(
                    "labels",
                    known.nodes().length,
                    "labels looked at, of training and validation nodes"
                            + (known.note().isEmpty() ? "" : ". ") + known.note()));
            all.add(new Finding("classes", known.count(), "classes"));
            all.add(new Finding(
                    "chance", any.chance(), "of them are in the largest class: what knows nothing reaches"));
        }

        private void information(List<Finding> all) {
            all.add(new Finding(
                    "structure-informative",
                    evidence.structure() ? 1 : 0,
                    evidence.structure()
                            ? "the structure of the graph tells something of the labels"
                            : "the structure of the graph alone tells nothing of the labels"));
            all.add(new Finding(
                    "features-informative",
                    evidence.features() ? 1 : 0,
                    evidence.features()
                            ? "a node's own features tell something of its label"
                            : "a node's own features tell nothing of its label"));
            evidence.views()
                    .forEach((view, counts) -> all.add(new Finding(
                            "accuracy-" + view.label(),
                            counts.accuracy(),
                            "of labels a linear model reads off " + view.words()
                                    + (counts.informative() ? "" : ", no better than chance"))));
            evidence.embeddings()
                    .forEach((kind, counts) -> all.add(new Finding(
                            "netinfof-" + kind.name().toLowerCase(Locale.ROOT),
                            counts.score(),
                            "NetInfoF score of %s; %.3f is chance".formatted(kind.words(), counts.chanceScore()))));
        }

        private void homophily(List<Finding> all) {
            var homophily = facts.homophily();
            all.add(new Finding("homophily-edge", homophily.edge(), "of edges join equal labels"));
            all.add(new Finding(
                    "homophily-node", homophily.node(), "of a node's neighbors have its label, on average"));
            all.add(new Finding(
                    "homophily-adjusted",
                    homophily.adjusted(),
                    "of edges beyond what class sizes give by chance (0) up to all (1)"));
            all.add(new Finding(
                    "label-informativeness",
                    homophily.informativeness(),
                    "of the uncertainty of a label a neighbor's label takes away"));
        }

        private void directions(List<Finding> all) {
            facts.direction()
                    .ifPresent(test -> all.add(new Finding(
                            "amud",
                            test.score(),
                            test.directed()
                                    ? "AMUD: above 0.5, directions may matter"
                                    : "AMUD: at most 0.5, directions say little of labels")));
        }

        private void duplicates(List<Finding> all) {
            all.add(new Finding(
                    "duplicates", facts.duplicates(), "nodes are copies of another: same neighbors, same features"));
            all.add(new Finding(
                    "duplicates-leaking",
                    facts.leaking(),
                    facts.leaking() == 0
                            ? "test nodes are copies of a training node"
                            : "test nodes are copies of a training node: what is measured on them is memory"));
        }

        private void structure(List<Finding> all) {
            var degrees = facts.degrees();
            all.add(new Finding("degree-mean", degrees.mean(), "neighbors a node has on average"));
            all.add(new Finding("degree-median", degrees.median(), "neighbors the node in the middle has"));
            all.add(new Finding("degree-max", degrees.max(), "neighbors the largest hub has"));
            all.add(new Finding("components", facts.components().count(), "parts without an edge between them"));
            all.add(new Finding(
                    "largest-component",
                    facts.components().largest() / (double) data.nodes(),
                    "of nodes are in the largest of them"));
            all.add(new Finding(
                    "isolated", facts.components().isolated(), "nodes without any edge, for which edges say nothing"));
        }
    }
}
