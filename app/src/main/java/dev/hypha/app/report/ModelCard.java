package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// A run's model card in Markdown: what the model answers, how well, from what, and what to be careful
/// about. After Mitchell et al., "Model Cards for Model Reporting", FAT* 2019, as far as a run can fill it
/// in. A run over nodes has a [NodeCard].
public final class ModelCard {
    private final RunTree run;
    private final Markdown page;

    private ModelCard(RunTree run) {
        this.run = run;
        this.page = new Markdown(Question.title(run));
    }

    /// @param run the tree of `run.json`; any part of it may be missing
    public static String of(ObjectNode run) {
        RunTree tree = new RunTree(run);
        if (tree.ofNodes()) return NodeCard.of(tree);
        ModelCard card = new ModelCard(tree);
        card.model();
        card.use();
        card.measures();
        card.data();
        card.cautions();
        Again.scoring(tree).ifPresent(command -> card.page.section("How to use").code(command));
        return card.page.toString();
    }

    private void model() {
        page.section("Model")
                .item("answered by", Names.method(run.text("model")))
                .item("method", run.text("method"))
                .item("seeds", run.text("seeds"))
                .item("made with", Again.hypha(run))
                .end();
    }

    private void use() {
        page.section("What it answers").code(run.text("query"));
        run.sentences("sentences").forEach(page::paragraph);
    }

    private void measures() {
        page.section("How well");
        run.measuredSplit().ifPresentOrElse(this::measures, () -> page.paragraph("Nothing was measured."));
    }

    private void measures(String split) {
        page.table(Measurements.table(run, split, "on " + split + " rows"));
        Definitions.of(run).forEach(page::item);
        page.end();
    }

    private void data() {
        page.section("Data").item("database", run.text("database")).item("protocol", run.text("protocol"));
        for (JsonNode split : run.report("splits")) {
            page.item(
                    split.path("split").asText(),
                    Figures.count(split.path("rows").asLong()) + " rows, "
                            + split.path("from").asText() + " to "
                            + split.path("to").asText());
        }
        page.end();
    }

    private void cautions() {
        page.section("Cautions");
        List<String> cautions = new ArrayList<>();
        for (JsonNode finding : run.report("audit")) {
            cautions.add(finding.path("severity").asText() + ": "
                    + finding.path("message").asText());
        }
        cautions.addAll(run.sentences("warnings"));
        if (cautions.isEmpty()) page.item("The leak audit found nothing.");
        cautions.forEach(page::item);
        page.end();
    }
}
