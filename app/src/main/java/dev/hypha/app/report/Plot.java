package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A small chart with two axes, drawn as SVG; colors come from the page's style by class, so that it follows the
/// reader's light or dark.
final class Plot {
    private static final double WIDTH = 440;
    private static final double HEIGHT = 300;
    private static final double LEFT = 58;
    private static final double RIGHT = 16;
    private static final double TOP = 14;
    private static final double BOTTOM = 46;

    private final Range x;
    private final Range y;
    private final List<Element> drawn = new ArrayList<>();
    private final String description;

    /// @param description what is seen, for who cannot see it
    Plot(Range x, Range y, String xLabel, String yLabel, String description) {
        this.x = x;
        this.y = y;
        this.description = description;
        axes(xLabel, yLabel);
    }

    private void axes(String xLabel, String yLabel) {
        for (double tick : y.ticks()) {
            drawn.add(segment("grid", LEFT, py(tick), WIDTH - RIGHT, py(tick)));
            drawn.add(text("tick end", LEFT - 8, py(tick) + 4, y.label(tick)));
        }
        for (double tick : x.ticks()) {
            drawn.add(text("tick middle", px(tick), HEIGHT - BOTTOM + 18, x.label(tick)));
        }
        drawn.add(segment("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM));
        drawn.add(text("label middle", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, xLabel));
        double middle = (TOP + HEIGHT - BOTTOM) / 2;
        drawn.add(el(
                "text",
                at("class", "label middle"),
                at("transform", "translate(13 " + Figures.coordinate(middle) + ") rotate(-90)"),
                yLabel));
    }

    /// @param points of two numbers each
    /// @param style classes of the page's style, such as `line main`
    Plot line(List<double[]> points, String style) {
        String path = points.stream()
                .map(p -> Figures.coordinate(px(p[0])) + "," + Figures.coordinate(py(p[1])))
                .collect(Collectors.joining(" "));
        drawn.add(el("polyline", at("class", style), at("points", path)));
        return this;
    }

    Plot dot(double atX, double atY, double radius, String style, String title) {
        drawn.add(el(
                "circle",
                at("class", style),
                at("cx", px(atX)),
                at("cy", py(atY)),
                at("r", radius),
                el("title", title)));
        return this;
    }

    /// A line upright at a value, with a word at its top.
    Plot upright(double atX, String word) {
        drawn.add(segment("mark", px(atX), TOP, px(atX), HEIGHT - BOTTOM));
        boolean right = x.share(atX) > 0.6;
        drawn.add(text(right ? "tick end" : "tick", px(atX) + (right ? -6 : 6), TOP + 10, word));
        return this;
    }

    Element svg() {
        return el(
                "svg",
                at("viewBox", "0 0 " + (int) WIDTH + " " + (int) HEIGHT),
                at("role", "img"),
                at("aria-label", description),
                drawn);
    }

    static Element text(String style, double atX, double atY, String words) {
        return el("text", at("class", style), at("x", atX), at("y", atY), words);
    }

    static Element segment(String style, double fromX, double fromY, double toX, double toY) {
        return el("line", at("class", style), at("x1", fromX), at("y1", fromY), at("x2", toX), at("y2", toY));
    }

    private double px(double value) {
        return LEFT + Math.clamp(x.share(value), 0, 1) * (WIDTH - LEFT - RIGHT);
    }

    private double py(double value) {
        return HEIGHT - BOTTOM - Math.clamp(y.share(value), 0, 1) * (HEIGHT - TOP - BOTTOM);
    }
}
