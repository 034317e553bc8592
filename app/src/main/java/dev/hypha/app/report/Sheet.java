package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;

/// A table of text with a heading row; columns after the first hold figures and stand right.
final class Sheet {
    private final Element head;
    private final List<Element> rows = new ArrayList<>();

    Sheet(List<String> headings) {
        head = el("tr", headings.stream().map(heading -> el("th", heading)));
    }

    Sheet row(List<String> cells) {
        rows.add(el("tr", cells.stream().map(cell -> el("td", cell))));
        return this;
    }

    /// A table that scrolls by itself where the page is narrow.
    Element html() {
        return html("plain");
    }

    /// One whose cells break where the page is narrow, before it scrolls.
    Element breaking() {
        return html("breaking");
    }

    private Element html(String style) {
        return el("div", at("class", "scroll"), el("table", at("class", style), el("thead", head), el("tbody", rows)));
    }
}
