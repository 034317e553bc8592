package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The model card of a run that labels the nodes of a graph; see [ModelCard].
final class NodeCard {
    private final RunTree run;
    private final Markdown page;

    private NodeCard(RunTree run) {
        this.run = run;
        this.page = new Markdown(Question.title(run));
    }

    static String of(RunTree run) {
        NodeCard card = new NodeCard(run);
        card.model();
        card.use();
        card.measures();
        card.data();
        card.again();
        return card.page.toString();
    }

    private void model() {
        page.section("Model")
                .item("model", run.text("model"))
                .item("published", run.report("paper").asText(""))
                .item("answers", Question.task(run))
                .item("weights", weights())
                .item("made with", Again.hypha(run))
                .item("kernels", run.text("kernels"))
                .end();
        page.section("Options");
        run.report("options").properties().forEach(group -> page.item(group.getKey(), options(group.getValue())));
        page.end();
    }

    /// Nothing where it has none.
    private String weights() {
        int epoch = run.report("bestEpoch").asInt();
        String metric = Names.metric(run.report("decidingMetric").asText("the deciding metric"));
        return epoch == 0
                ? ""
                : "of the first seed, after epoch " + epoch + ", the best on validation nodes by " + metric;
    }

    private static String options(JsonNode group) {
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, JsonNode> option : group.properties()) {
            words.add(option.getKey() + " " + option.getValue().asText());
        }
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    /// As far as a run knows; what the labels are used for it does not.
    private void use() {
        String nodes = Figures.count(run.json().path("nodes").asLong());
        page.section("What it is for")
                .paragraph("It answers for the " + nodes + " nodes of the graph below, whose answers stand in"
                        + " predictions.csv beside this card. How good they are on other graphs was not measured.");
        page.section("What it is not for")
                .item("Nodes that the graph lacks: they have no answer before the model is trained with them in it.");
        if (!run.json().path("classes").isEmpty()) {
            page.item("Classes beyond those below: every node gets one of them, be it like none.");
        }
        page.item("Claims on parts of the nodes: measures are over all nodes of a part of the split, and may be far"
                        + " worse for some groups.")
                .item("Claims by the training or validation nodes: the model was fitted to the first and chosen by the"
                        + " second. The test nodes were looked at for what was chosen alone.")
                .end();
    }

    private void measures() {
        page.section("How well").table(Measurements.parts(run.json(), Integer.MAX_VALUE));
        long seeds = run.json().path("seeds").asLong(1);
        page.paragraph(
                seeds > 1
                        ? "Mean and sample standard deviation over " + seeds + " seeds, from seed " + run.text("seed")
                                + " on. A row is a node."
                        : "One seed, " + run.text("seed") + ", so that nothing is known of how much chance there is in"
                                + " it. A row is a node.");
        Definitions.of(run).forEach(page::item);
        page.end();
    }

    private void data() {
        JsonNode json = run.json();
        boolean directed = json.path("directed").asBoolean();
        long arcs = json.path("arcs").asLong();
        page.section("Data")
                .item("graph", run.text("data"))
                .item("hash", run.text("dataHash"))
                .item("nodes", Figures.count(json.path("nodes").asLong()))
                .item("edges", directed ? Figures.count(arcs) + ", each one way" : Figures.count(arcs / 2))
                .item("features", Figures.count(json.path("features").asLong()))
                .item("split", splits());
        for (Map.Entry<String, JsonNode> part : json.path("rows").properties()) {
            page.item(part.getKey(), Figures.count(part.getValue().asLong()) + " nodes");
        }
        page.item("classes", classes()).end();
        run.sentences("sentences").forEach(page::item);
        page.end();
    }

    private String splits() {
        List<String> names = new ArrayList<>();
        run.json().path("splits").forEach(name -> names.add(name.asText()));
        return String.join(", ", names) + (names.size() > 1 ? ", one per seed; the sizes are of the first" : "");
    }

    /// By name, with the nodes that each was learned from.
    private String classes() {
        JsonNode learned = run.report("learnedPerClass");
        List<String> names = new ArrayList<>();
        for (JsonNode name : run.json().path("classes")) {
            JsonNode count = learned.path(name.asText());
            names.add(
                    name.asText() + (count.isNumber() ? " (" + Figures.count(count.asLong()) + " learned from)" : ""));
        }
        return String.join(", ", names);
    }

    private void again() {
        Again.command(run).ifPresent(command -> page.section("How it was made").code(command));
    }
}
