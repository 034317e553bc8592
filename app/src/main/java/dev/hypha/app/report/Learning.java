package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The graph model's learning curve: loss on what it learns from, the deciding metric on validation rows.
final class Learning {
    private Learning() {}

    static Optional<Element> of(RunTree run) {
        if (run.report("curve").isEmpty()) {
            return Optional.empty();
        }
        String metric = run.report("decidingMetric").asText("metric");
        return Optional.of(el(
                "section",
                el("h2", run.ofNodes() ? "How the model learned" : "How the graph model learned"),
                el(
                        "div",
                        at("class", "charts"),
                        curve(run, "metric", Names.metric(metric))
                                .map(svg -> Figure.of(
                                        svg,
                                        "On validation rows",
                                        "After each pass over the training rows. The weights of the best pass"
                                                + " were kept.")),
                        curve(run, "loss", "loss")
                                .map(svg -> Figure.of(
                                        svg, "On training rows", "What training makes small, mean over a pass.")))));
    }

    private static Optional<Element> curve(RunTree run, String field, String label) {
        List<double[]> points = new ArrayList<>();
        for (JsonNode epoch : run.report("curve")) {
            if (epoch.path(field).isNumber()) {
                points.add(new double[] {
                    epoch.path("epoch").asDouble(), epoch.path(field).asDouble()
                });
            }
        }
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Range x = new Range(
                points.getFirst()[0] - 0.001, Math.max(points.getLast()[0], points.getFirst()[0] + 1) + 0.001);
        Range y = Range.around(points.stream().mapToDouble(p -> p[1]));
        Plot plot = new Plot(x, y, "pass", label, label + " over passes").line(points, "line main");
        for (double[] point : points) {
            plot.dot(
                    point[0], point[1], 2.5, "point main", "pass " + (int) point[0] + ": " + Figures.measure(point[1]));
        }
        if (run.report("bestEpoch").asInt() > 0) {
            plot.upright(run.report("bestEpoch").asDouble(), "best");
        }
        return Optional.of(plot.svg());
    }
}
