package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A run as one page of HTML, for a person: made from `run.json` alone, with style and drawings inside and
/// nothing from elsewhere. The page forbids the browser to load anything.
public final class ReportPage {
    private ReportPage() {}

    /// @param run the tree of `run.json`; any part of it may be missing
    public static String of(ObjectNode run) {
        RunTree tree = new RunTree(run);
        return page(Question.title(tree), body(tree));
    }

    /// A whole page.
    static String page(String title, Markup body) {
        return "<!DOCTYPE html>\n"
                + el("html", at("lang", "en"), head(title), body).write() + "\n";
    }

    private static Markup head(String title) {
        return el(
                "head",
                el("meta", at("charset", "utf-8")),
                el("meta", at("name", "viewport"), at("content", "width=device-width, initial-scale=1")),
                el(
                        "meta",
                        at("http-equiv", "Content-Security-Policy"),
                        at("content", "default-src 'none'; style-src 'unsafe-inline'")),
                el("meta", at("name", "color-scheme"), at("content", "light dark")),
                el("title", title),
                el("style", style()));
    }

    private static Markup body(RunTree run) {
        if (run.ofNodes()) return nodes(run);
        return el(
                "body",
                el(
                        "main",
                        el("header", el("h1", Question.title(run)), Question.source(run)),
                        Caveats.banner(run),
                        Headline.of(run),
                        Question.of(run),
                        Fit.of(run),
                        Learning.of(run),
                        Comparison.of(run),
                        Usefulness.of(run),
                        Tables.of(run),
                        Caveats.of(run),
                        Again.of(run)));
    }

    /// A run that labels the nodes of a graph.
    private static Markup nodes(RunTree run) {
        return el(
                "body",
                el(
                        "main",
                        el("header", el("h1", Question.title(run)), Question.source(run)),
                        Headline.of(run),
                        NodeSections.data(run),
                        NodeSections.parts(run),
                        NodeSections.sweep(run),
                        Learning.of(run),
                        Again.of(run)));
    }

    /// The style sheet; it has none of the characters that text is escaped for.
    static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
