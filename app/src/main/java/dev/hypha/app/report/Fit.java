package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// How predictions and answers lie to each other: ROC, precision over recall and calibration, or actual over predicted.
final class Fit {
    private static final List<double[]> DIAGONAL = List.of(new double[] {0, 0}, new double[] {1, 1});

    private Fit() {}

    static Optional<Element> of(RunTree run) {
        List<Element> figures = Stream.of(roc(run), precisionRecall(run), calibration(run), actual(run), errors(run))
                .flatMap(Optional::stream)
                .toList();
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        JsonNode classes = run.json().path("classes");
        boolean several = classes.size() > 2 || run.text("task").equals("multilabel");
        return Optional.of(el(
                "section",
                el("h2", "How predictions and answers agree"),
                el(
                        "p",
                        at("class", "note"),
                        "Drawn on " + drawnOn(run)
                                + (several
                                        ? ", for the class “" + classes.path(0).asText() + "”."
                                        : ".")),
                el("div", at("class", "charts"), figures)));
    }

    private static String drawnOn(RunTree run) {
        return "the " + run.report("drawnSplit").asText("measured") + " rows";
    }

    private static Optional<Element> roc(RunTree run) {
        return curve(run, "roc")
                .map(points -> Figure.of(
                        new Plot(Range.UNIT, Range.UNIT, "false alarms", "found", "ROC curve")
                                .line(DIAGONAL, "line guess")
                                .line(points, "line main")
                                .svg(),
                        "ROC",
                        "Of the rows where the answer is yes, the share found, against the share of the others taken"
                                + " for yes, at every threshold. Dashed: guessing."));
    }

    private static Optional<Element> precisionRecall(RunTree run) {
        return curve(run, "precisionRecall")
                .map(points -> Figure.of(
                        new Plot(Range.UNIT, Range.UNIT, "recall", "precision", "Precision over recall")
                                .line(points, "line main")
                                .svg(),
                        "Precision and recall",
                        "Of the rows taken for yes, the share that is (precision), against the share of all yes rows"
                                + " found (recall)."));
    }

    private static Optional<List<double[]>> curve(RunTree run, String part) {
        return Optional.of(run.points(part)).filter(points -> points.size() > 1);
    }

    private static Optional<Element> calibration(RunTree run) {
        JsonNode bins = run.report("calibration");
        if (bins.isEmpty()) {
            return Optional.empty();
        }
        Plot plot = new Plot(Range.UNIT, Range.UNIT, "predicted probability", "came true", "Calibration")
                .line(DIAGONAL, "line guess");
        List<double[]> points = new ArrayList<>();
        for (JsonNode bin : bins) {
            points.add(new double[] {
                bin.path("predicted").asDouble(), bin.path("observed").asDouble()
            });
        }
        plot.line(points, "line main");
        for (JsonNode bin : bins) {
            long rows = bin.path("rows").asLong();
            plot.dot(
                    bin.path("predicted").asDouble(),
                    bin.path("observed").asDouble(),
                    Math.clamp(1.5 + Math.log10(1.0 + rows) * 1.8, 2, 9),
                    "point main",
                    Figures.count(rows) + " rows");
        }
        return Optional.of(Figure.of(
                plot.svg(),
                "Calibration",
                "Rows in ten groups by predicted probability; a bigger dot is more rows. On the dashed line predictions"
                        + " mean what they say."));
    }

    private static Optional<Element> actual(RunTree run) {
        List<double[]> points = run.points("residuals");
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Range range = Range.around(points.stream().flatMapToDouble(DoubleStream::of));
        Plot plot = new Plot(range, range, "actual", "predicted", "Predicted over actual values");
        plot.line(
                List.of(new double[] {range.low(), range.low()}, new double[] {range.high(), range.high()}),
                "line guess");
        for (double[] point : points) {
            plot.dot(
                    point[0],
                    point[1],
                    3,
                    "point faint",
                    "actual " + Figures.measure(point[0]) + ", predicted " + Figures.measure(point[1]));
        }
        return Optional.of(Figure.of(
                plot.svg(), "Predicted and actual", "A dot is a row. On the dashed line the prediction is right."));
    }

    private static Optional<Element> errors(RunTree run) {
        List<double[]> points = run.points("residuals");
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Range x = Range.around(points.stream().mapToDouble(p -> p[1]));
        Range y = Range.around(
                Stream.concat(points.stream(), Stream.of(new double[2])).mapToDouble(p -> p[0] - p[1]));
        Plot plot = new Plot(x, y, "predicted", "actual − predicted", "Errors over predicted values");
        plot.line(List.of(new double[] {x.low(), 0}, new double[] {x.high(), 0}), "line guess");
        for (double[] point : points) {
            plot.dot(point[1], point[0] - point[1], 3, "point faint", Figures.measure(point[0] - point[1]));
        }
        return Optional.of(Figure.of(
                plot.svg(),
                "Errors",
                "What is left over for each prediction; a slope or a funnel here is something unlearned."));
    }
}
