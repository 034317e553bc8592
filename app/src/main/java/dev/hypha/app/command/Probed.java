package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.report.ProbePage;
import dev.hypha.app.terminal.Columns;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.probe.Finding;
import dev.hypha.learn.probe.Probe;
import java.nio.file.Path;
import java.util.Optional;

/// What `hypha probe` found, for machines and for people.
final class Probed {
    private static final String LINE = System.lineSeparator();

    private Probed() {}

    /// @param page file that a page was written into
    static Answer answer(NodeData data, Split split, Probe probe, Optional<Path> page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("data", data.name())
                .put("nodes", data.nodes())
                .put("arcs", data.arcs().edges());
        json.put("directed", data.directed()).put("split", split.name());
        json.setAll(probe.json());
        page.ifPresent(file -> json.put("out", file.toString()));
        return new Answer(
                json,
                text(data, split, probe)
                        + page.map(file -> LINE + "page: " + file).orElse(""));
    }

    private static String text(NodeData data, Split split, Probe probe) {
        Columns table = new Columns();
        for (Finding each : probe.findings()) table.row(each.what(), ProbePage.number(each.value()), each.means());
        return data + "." + LINE + "Split " + split + "." + LINE + LINE + table.text() + LINE + LINE
                + "Worth training: " + probe.advice().model() + LINE
                + String.join(LINE, probe.advice().sentences());
    }
}
