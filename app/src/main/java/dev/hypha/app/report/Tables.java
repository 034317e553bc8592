package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A drawing of the tables: boxes with rows and time, arrows along the foreign keys, the table asked about first, the
/// ones that the predictions rest on in color.
final class Tables {
    private static final double BOX_WIDTH = 190;
    private static final double BOX_HEIGHT = 50;
    private static final double COLUMN = 236;
    private static final double ROW = 68;
    private static final double EDGE = 26;

    /// The letters of a name that fit into a box in the widest of the usual fonts; more are set smaller, or cut.
    private static final int NAME_LENGTH = 17;

    private static final int SMALL_NAME_LENGTH = 21;

    private final JsonNode tables;
    private final String entity;
    private final TableLayout layout;
    private final Map<String, Double> weights = new HashMap<>();

    private Tables(RunTree run) {
        tables = run.report("schema").path("tables");
        entity = run.text("entity");
        layout = TableLayout.of(tables, entity);
        double most = 0;
        for (JsonNode one : run.report("importance").path("tables")) {
            weights.put(one.path("table").asText(), one.path("worse").asDouble());
            most = Math.max(most, one.path("worse").asDouble());
        }
        double scale = Math.max(most, 1e-12);
        weights.replaceAll((table, worse) -> Math.clamp(worse / scale, 0, 1));
    }

    static Optional<Element> of(RunTree run) {
        if (run.report("schema").path("tables").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(el(
                "section",
                el("h2", "The tables"),
                el(
                        "p",
                        at("class", "note"),
                        "An arrow is a foreign key and points to the row it names. The table asked about is framed; the"
                                + " stronger a table's color, the more the predictions rest on it."),
                el("div", at("class", "scroll"), new Tables(run).svg())));
    }

    private Element svg() {
        double width = (layout.columns() - 1) * COLUMN + BOX_WIDTH + 2 * EDGE;
        double height = (layout.rows() - 1) * ROW + BOX_HEIGHT + 2 * EDGE;
        List<Element> drawn = new ArrayList<>(List.of(arrowHead()));
        for (JsonNode table : tables) {
            drawn.addAll(arrows(table));
        }
        for (JsonNode table : tables) {
            drawn.add(box(table));
        }
        return el(
                "svg",
                at("class", "tables"),
                at("viewBox", "0 0 " + Figures.coordinate(width) + " " + Figures.coordinate(height)),
                at("width", width),
                at("role", "img"),
                at("aria-label", "The tables and their foreign keys"),
                drawn);
    }

    private static Element arrowHead() {
        return el(
                "defs",
                el(
                        "marker",
                        at("id", "arrow"),
                        at("viewBox", "0 0 8 8"),
                        at("refX", "7"),
                        at("refY", "4"),
                        at("markerWidth", "7"),
                        at("markerHeight", "7"),
                        at("orient", "auto"),
                        el("path", at("class", "head"), at("d", "M0,0L8,4L0,8z"))));
    }

    private Element box(JsonNode table) {
        String name = table.path("name").asText();
        double x = x(name);
        double y = y(name);
        String time = table.path("time").asText("");
        String style = name.length() > NAME_LENGTH ? "name small" : "name";
        String shown = name.length() > SMALL_NAME_LENGTH ? name.substring(0, SMALL_NAME_LENGTH - 1) + "…" : name;
        String rows = Figures.count(table.path("rows").asLong()) + " rows" + (time.isEmpty() ? ", no time" : "");
        return el(
                "g",
                el("title", name + ", " + rows + (time.isEmpty() ? "" : ", time: " + time)),
                rectangle("box", x, y),
                el("g", at("opacity", 0.5 * weights.getOrDefault(name, 0.0)), rectangle("weight", x, y)),
                name.equals(entity) ? rectangle("frame", x, y) : Optional.empty(),
                Plot.text(style, x + 12, y + 21, shown),
                Plot.text("tick", x + 12, y + 39, rows));
    }

    private static Element rectangle(String style, double x, double y) {
        return el(
                "rect",
                at("class", style),
                at("x", x),
                at("y", y),
                at("width", BOX_WIDTH),
                at("height", BOX_HEIGHT),
                at("rx", "7"));
    }

    private List<Element> arrows(JsonNode table) {
        String child = table.path("name").asText();
        Map<String, String> columns = new LinkedHashMap<>();
        for (JsonNode key : table.path("foreignKeys")) {
            columns.merge(key.path("table").asText(), key.path("column").asText(), (a, b) -> a + ", " + b);
        }
        List<Element> arrows = new ArrayList<>();
        columns.forEach((parent, names) -> {
            if (layout.places().containsKey(parent)) {
                arrows.add(el(
                        "path",
                        at("class", "arrow"),
                        at("d", way(child, parent)),
                        at("marker-end", "url(#arrow)"),
                        el("title", child + "." + names + " → " + parent)));
            }
        });
        return arrows;
    }

    /// A curve between the sides that face each other; around the right side inside a column.
    private String way(String child, String parent) {
        int from = layout.places().get(child).column();
        int to = layout.places().get(parent).column();
        boolean leftwards = from > to;
        double startX = x(child) + (leftwards ? 0 : BOX_WIDTH);
        double endX = x(parent) + (from < to ? 0 : BOX_WIDTH);
        double bend = from == to ? 44 : Math.abs(endX - startX) / 2;
        double startY = y(child) + BOX_HEIGHT * (child.equals(parent) ? 0.3 : 0.5);
        double endY = y(parent) + BOX_HEIGHT * (child.equals(parent) ? 0.7 : 0.5);
        double startBend = startX + (leftwards ? -bend : bend);
        double endBend = endX + (from < to ? -bend : bend);
        return "M" + point(startX, startY) + "C" + point(startBend, startY) + " " + point(endBend, endY) + " "
                + point(endX, endY);
    }

    private static String point(double x, double y) {
        return Figures.coordinate(x) + "," + Figures.coordinate(y);
    }

    private double x(String table) {
        return EDGE + layout.places().get(table).column() * COLUMN;
    }

    /// Columns with few tables stand in the middle of the drawing's height.
    private double y(String table) {
        TableLayout.Place place = layout.places().get(table);
        long inColumn = layout.places().values().stream()
                .filter(other -> other.column() == place.column())
                .count();
        return EDGE + (place.row() + (layout.rows() - inColumn) / 2.0) * ROW;
    }
}
