package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.probe.Finding;
import dev.hypha.learn.probe.Probe;
import java.util.Locale;

/// What `hypha probe` found, for machines and for people.
final class Probed {
    private static final String LINE = System.lineSeparator();

    private Probed() {}

    static Answer answer(NodeData data, Split split, Probe probe) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("data", data.name())
                .put("nodes", data.nodes())
                .put("arcs", data.arcs().edges());
        json.put("directed", data.directed()).put("split", split.name());
        json.setAll(probe.json());
        return new Answer(json, text(data, split, probe));
    }

    private static String text(NodeData data, Split split, Probe probe) {
        Columns table = new Columns();
        for (Finding each : probe.findings()) table.row(each.what(), number(each.value()), each.means());
        return data + "." + LINE + "Split " + split + "." + LINE + LINE + table.text() + LINE + LINE
                + "Worth training: " + probe.advice().model() + LINE
                + String.join(LINE, probe.advice().sentences());
    }

    private static String number(double value) {
        if (Double.isNaN(value)) return "–";
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return String.format(Locale.ROOT, "%,d", (long) value);
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%,.0f", value);
    }
}
