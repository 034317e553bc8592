package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The measurement in plain words, beside the rivals on the same rows.
final class Headline {
    private final RunTree run;
    private final String split;
    private final String metric;

    private Headline(RunTree run, String split, String metric) {
        this.run = run;
        this.split = split;
        this.metric = metric;
    }

    static Element of(RunTree run) {
        Optional<Element> measured = run.measuredSplit()
                .flatMap(split -> run.headlineMetric().map(metric -> new Headline(run, split, metric).html()));
        return measured.orElseGet(() -> el(
                "section",
                at("class", "headline"),
                el("p", at("class", "lead"), "Nothing was measured: these are predictions without known answers.")));
    }

    private Element html() {
        Measured model =
                Measured.of(run.json().path("metrics").path(split).path(metric)).orElse(new Measured(Double.NaN, 0, 1));
        return el(
                "section",
                at("class", "headline"),
                el(
                        "p",
                        at("class", "big"),
                        Figures.measure(model),
                        el("small", Names.metric(metric) + " on " + rows())),
                el("p", at("class", "lead"), words(model.mean())),
                rivalWords(model.mean()).map(words -> el("p", words)),
                beside());
    }

    /// All methods on one scale, where there are several.
    private List<Element> beside() {
        if (run.methods(split).size() < 2) return List.of();
        return List.of(
                rows(run.methods(split)).dots(),
                el(
                        "p",
                        at("class", "note"),
                        "All methods answered the same rows. "
                                + (Names.lowerIsBetter(metric)
                                        ? "Further left is better."
                                        : "Further right is better.")));
    }

    private String rows() {
        long rows = run.json().path("rows").path(split).asLong();
        String kind = split.equals("test") ? "test" : "validation";
        return (rows > 0 ? Figures.count(rows) + " " : "") + kind + (run.ofNodes() ? " nodes" : " rows");
    }

    private Rows rows(Map<String, JsonNode> methods) {
        Rows rows = new Rows();
        methods.forEach((name, metrics) -> Measured.of(metrics.path(metric))
                .ifPresent(value -> rows.add(
                        name.equals("model") ? "this model: " + Names.method(run.text("model")) : Names.method(name),
                        value.mean(),
                        Figures.measure(value),
                        name.equals("model") ? "main" : "")));
        return rows;
    }

    private String words(double value) {
        return switch (metric) {
            case "auroc" ->
                "Shown one row where the answer is yes and one where it is no, the model gives the first the higher"
                        + " probability in " + Figures.percent(value) + " of cases; guessing gets 50 %.";
            case "mae" -> "Predictions are off by " + Figures.measure(value) + " on average.";
            case "accuracy" -> Figures.percent(value) + " of the answers are right.";
            default -> Names.metric(metric) + " is " + Figures.measure(value) + ".";
        };
    }

    private Optional<String> rivalWords(double model) {
        return rivals().filter(rival -> !isItself(rival.getKey()))
                .max(byValue())
                .map(best -> "The best that it is compared with is " + Names.method(best.getKey())
                        + (isHalf(best.getKey()) ? ", one of its halves," : "") + " at "
                        + Figures.measure(best.getValue()) + ": "
                        + verdict(model, best.getValue().mean()) + others(best.getKey()));
    }

    /// The best of those that are no half of a mixture, where a half is the best of all.
    private String others(String best) {
        if (!isHalf(best)) {
            return "";
        }
        return rivals().filter(rival -> !isHalf(rival.getKey()))
                .max(byValue())
                .map(other -> " The best of the others is " + Names.method(other.getKey()) + " at "
                        + Figures.measure(other.getValue()) + ".")
                .orElse("");
    }

    /// By the measurement, the best last.
    private Comparator<Map.Entry<String, Measured>> byValue() {
        Comparator<Map.Entry<String, Measured>> byValue =
                Comparator.comparingDouble(rival -> rival.getValue().mean());
        return Names.lowerIsBetter(metric) ? byValue.reversed() : byValue;
    }

    private Stream<Map.Entry<String, Measured>> rivals() {
        return run.methods(split).entrySet().stream()
                .filter(method -> !method.getKey().equals("model"))
                .flatMap(method -> Measured.of(method.getValue().path(metric)).stream()
                        .map(value -> Map.entry(method.getKey(), value)));
    }

    /// Whether a rival is the model under another name.
    private boolean isItself(String rival) {
        String model = run.text("model");
        return rival.equals(model) || (rival.equals("trees-windows") && model.equals("trees"));
    }

    private boolean isHalf(String rival) {
        return run.text("model").equals("blend") && (rival.equals("graph") || rival.equals("trees-windows"));
    }

    private String verdict(double model, double rival) {
        double gain = Names.lowerIsBetter(metric) ? rival - model : model - rival;
        if (Math.abs(gain) < 1e-9) {
            return "the model is no better.";
        }
        return "the model is " + Figures.measure(Math.abs(gain)) + (gain > 0 ? " better." : " worse.");
    }
}
