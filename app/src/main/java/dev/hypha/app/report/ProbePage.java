package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import dev.hypha.app.report.Markup.Element;
import dev.hypha.learn.probe.Finding;
import dev.hypha.learn.probe.Probe;
import java.util.List;
import java.util.Locale;

/// What a probe found as one page of HTML, to be looked at: how much each view of the graph tells, beside
/// chance.
public final class ProbePage {
    private static final String ACCURACY = "accuracy-";
    private static final String CHANCE = "chance";
    private static final List<String> EDGES = List.of("homophily-edge", "homophily-node", "homophily-adjusted");

    private ProbePage() {}

    /// @param data what was probed, in a line
    /// @param split which labels were looked at, in a line
    public static String of(String data, String split, Probe probe) {
        String title = "Worth training: " + probe.advice().model();
        return ReportPage.page(
                title,
                el(
                        "body",
                        el(
                                "main",
                                el("header", el("h1", title), el("p", at("class", "source"), data)),
                                el(
                                        "section",
                                        at("class", "headline"),
                                        probe.advice().sentences().stream()
                                                .map(sentence -> el("p", at("class", "lead"), sentence))),
                                views(probe.findings()),
                                edges(probe.findings()),
                                findings(probe.findings(), split))));
    }

    private static Element views(List<Finding> findings) {
        Rows rows = new Rows();
        for (Finding each : findings) {
            boolean chance = each.what().equals(CHANCE);
            if (!chance && !each.what().startsWith(ACCURACY)) continue;
            String name = chance ? "the largest class alone" : each.what().substring(ACCURACY.length());
            rows.add(name, each.value(), number(each.value()), chance ? "dull" : "");
        }
        return el(
                "section",
                el("h2", "What can be read off"),
                el(
                        "p",
                        "Of labels that it was not fitted on, the share that a linear model tells from each part of what"
                                + " there is."),
                rows.shares());
    }

    private static Element edges(List<Finding> findings) {
        Rows rows = new Rows();
        findings.stream()
                .filter(each -> EDGES.contains(each.what()) && Double.isFinite(each.value()))
                .forEach(each -> rows.add(each.means(), each.value(), number(each.value()), ""));
        return el("section", el("h2", "Edges and labels"), rows.isEmpty() ? List.of() : rows.shares());
    }

    private static Element findings(List<Finding> findings, String split) {
        Sheet sheet = new Sheet(List.of("finding", "value"));
        for (Finding each : findings) sheet.row(List.of(each.what() + ": " + each.means(), number(each.value())));
        return el(
                "section",
                el("h2", "All that was found"),
                el("p", split + " Labels of test nodes were not looked at."),
                sheet.breaking());
    }

    /// A finding's value as people read it.
    public static String number(double value) {
        if (Double.isNaN(value)) return "–";
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return String.format(Locale.ROOT, "%,d", (long) value);
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%,.0f", value);
    }
}
