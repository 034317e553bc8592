package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was asked, of whom, and which rows were learned from and measured on.
final class Question {
    private static final Map<String, String> TASKS = Map.of(
            "binary", "yes or no",
            "multiclass", "one of several classes",
            "multilabel", "any of several classes",
            "regression", "a number",
            "ranking", "a ranking");

    private static final Map<String, String> SPLITS = Map.of(
            "train", "learned from",
            "validation", "decided with (validation)",
            "test", "measured on (test)",
            "predict", "predicted");

    private Question() {}

    static Element of(RunTree run) {
        return el(
                "section",
                el("h2", "What was asked"),
                el("pre", run.text("query")),
                el("p", "The answer is ", el("b", task(run)), "."),
                run.sentences("sentences").stream().filter(Question::whole).map(sentence -> el("p", sentence)),
                splits(run),
                details(run));
    }

    /// A sentence is shown; a note without a full stop is a detail.
    private static boolean whole(String sentence) {
        return sentence.endsWith(".");
    }

    private static Optional<Element> details(RunTree run) {
        List<Element> notes = run.sentences("sentences").stream()
                .filter(sentence -> !whole(sentence))
                .map(note -> el("li", note))
                .toList();
        return notes.isEmpty()
                ? Optional.empty()
                : Optional.of(el("details", el("summary", "How rows and times were chosen"), el("ul", notes)));
    }

    private static Optional<Element> splits(RunTree run) {
        JsonNode splits = run.report("splits");
        if (splits.isEmpty()) {
            return Optional.empty();
        }
        boolean yesNo = run.text("task").equals("binary");
        boolean mean = yesNo || run.text("task").equals("regression");
        Sheet sheet = new Sheet(List.of(
                "rows", "how many", "prediction times", "from", "to", mean ? (yesNo ? "share of yes" : "mean") : ""));
        for (JsonNode split : splits) {
            String name = split.path("split").asText();
            if (SPLITS.containsKey(name)) {
                sheet.row(List.of(
                        SPLITS.get(name),
                        Figures.count(split.path("rows").asLong()),
                        Figures.count(split.path("times").asLong()),
                        Figures.time(split.path("from").asText()),
                        Figures.time(split.path("to").asText()),
                        mean ? mean(split.path("meanLabel"), yesNo) : ""));
            }
        }
        return Optional.of(sheet.html());
    }

    private static String mean(JsonNode value, boolean share) {
        if (!value.isNumber()) {
            return "–";
        }
        return share ? Figures.percent(value.asDouble()) : Figures.measure(value.asDouble());
    }

    /// What kind of answer is given, in words.
    static String task(RunTree run) {
        return TASKS.getOrDefault(run.text("task"), run.text("task"));
    }

    /// The title of a report: whom it is about.
    static String title(RunTree run) {
        if (run.ofNodes()) return run.text("data") + ": " + run.text("model");
        String entity = run.text("entity");
        return entity.isEmpty() ? "Predictions" : "Predictions for " + entity;
    }

    /// A line under the title: where the data came from.
    static Element source(RunTree run) {
        return el("p", at("class", "source"), run.text(run.ofNodes() ? "dataHash" : "database"));
    }
}
