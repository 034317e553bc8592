package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// A run's model card in Markdown: what the model answers, how well, from what, and what to be careful
/// about. After Mitchell et al., "Model Cards for Model Reporting", FAT* 2019, as far as a run can fill it
/// in.
public final class ModelCard {
    private final RunTree run;
    private final StringBuilder text = new StringBuilder();

    private ModelCard(RunTree run) {
        this.run = run;
    }

    /// @param run the tree of `run.json`; any part of it may be missing
    public static String of(ObjectNode run) {
        ModelCard card = new ModelCard(new RunTree(run));
        card.text.append("# ").append(plain(Question.title(card.run))).append("\n\n");
        card.model();
        card.use();
        card.measures();
        card.data();
        if (!card.run.ofNodes()) card.cautions();
        Again.scoring(card.run).ifPresent(command -> card.section("How to use").append(code(command)));
        return card.text.toString();
    }

    private StringBuilder section(String title) {
        return text.append("## ").append(title).append("\n\n");
    }

    private void model() {
        JsonNode hypha = run.json().path("hypha");
        section("Model");
        item("answered by", Names.method(run.text("model")));
        item("method", run.text("method"));
        item("seeds", run.text("seeds"));
        item(
                "made with",
                ("Hypha " + hypha.path("version").asText() + " "
                                + hypha.path("revision").asText())
                        .strip());
        text.append('\n');
    }

    private void use() {
        section("What it answers");
        text.append(code(run.text("query")));
        run.sentences("sentences")
                .forEach(sentence -> text.append(plain(sentence)).append("\n\n"));
    }

    private void measures() {
        section("How well");
        run.measuredSplit().ifPresentOrElse(this::measures, () -> text.append("Nothing was measured.\n\n"));
    }

    private void measures(String split) {
        List<List<String>> rows = Measurements.table(run, split, "on " + split + " rows");
        line(rows.getFirst());
        line(rows.getFirst().stream().map(cell -> "---").toList());
        rows.subList(1, rows.size()).forEach(this::line);
        text.append('\n');
    }

    private void data() {
        section("Data");
        item("graph", run.text("data"));
        item("database", run.text("database"));
        item("protocol", run.text("protocol"));
        for (JsonNode split : run.report("splits")) {
            item(
                    split.path("split").asText(),
                    Figures.count(split.path("rows").asLong()) + " rows, "
                            + split.path("from").asText() + " to "
                            + split.path("to").asText());
        }
        text.append('\n');
    }

    private void cautions() {
        section("Cautions");
        List<String> cautions = new ArrayList<>();
        for (JsonNode finding : run.report("audit")) {
            cautions.add(finding.path("severity").asText() + ": "
                    + finding.path("message").asText());
        }
        cautions.addAll(run.sentences("warnings"));
        cautions.forEach(caution -> text.append("- ").append(plain(caution)).append('\n'));
        text.append(cautions.isEmpty() ? "The leak audit found nothing.\n\n" : "\n");
    }

    private void item(String name, String value) {
        if (!value.isBlank()) {
            text.append("- ").append(name).append(": ").append(plain(value)).append('\n');
        }
    }

    private void line(List<String> cells) {
        text.append("| ")
                .append(String.join(" | ", cells.stream().map(ModelCard::plain).toList()))
                .append(" |\n");
    }

    /// A block that Markdown leaves as it is, whatever is in it.
    private static String code(String code) {
        return code.lines().map(line -> "    " + line + "\n").reduce("", String::concat) + "\n";
    }

    /// Text on one line, without the characters that Markdown or HTML would read.
    private static String plain(String words) {
        return words.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1");
    }
}
