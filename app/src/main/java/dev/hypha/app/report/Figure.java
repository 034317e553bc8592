package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import dev.hypha.app.report.Markup.Element;

/// A drawing with a sentence that says how to read it.
final class Figure {
    private Figure() {}

    static Element of(Element drawing, String title, String caption) {
        return el("figure", el("h3", title), el("div", at("class", "scroll"), drawing), el("figcaption", caption));
    }
}
