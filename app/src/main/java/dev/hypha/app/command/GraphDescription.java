package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.graph.EdgeType;
import dev.hypha.graph.NodeType;
import dev.hypha.graph.statistics.Components;
import dev.hypha.graph.statistics.Degrees;
import dev.hypha.graph.statistics.GraphStatistics;
import dev.hypha.graph.statistics.GraphStatistics.OfEdges;
import dev.hypha.graph.statistics.Homophily;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.NodeIds;
import dev.hypha.graph.store.StoredGraph;
import java.util.List;
import java.util.Locale;

/// What `hypha info` says of a graph, for machines and for people.
record GraphDescription(StoredGraph stored, GraphStatistics statistics, double openMillis) {
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        long nodes = nodeTypes().stream().mapToLong(NodeType::count).sum();
        long edges = statistics.edges().stream().mapToLong(OfEdges::stored).sum();
        json.putObject("graph").put("nodes", nodes).put("edges", edges);
        json.put("openMillis", Math.round(openMillis * 10) / 10.0)
                .put("mappedBytes", stored.graph().bytes());
        ArrayNode types = json.putArray("nodes");
        for (int type = 0; type < nodeTypes().size(); type++) {
            ObjectNode node = types.addObject();
            node.put("type", nodeTypes().get(type).name())
                    .put("count", nodeTypes().get(type).count())
                    .put("ids", stored.ids(type) instanceof NodeIds.Integers ? "integer" : "text")
                    .put("timed", stored.graph().timed(type));
            columns(node, stored.nodeColumns(type));
        }
        ArrayNode edgeTypes = json.putArray("edges");
        statistics.edges().forEach(each -> edges(edgeTypes.addObject(), each));
        Components components = statistics.components();
        json.putObject("components")
                .put("count", components.count())
                .put("largest", components.largest())
                .put("isolated", components.isolated());
        return json;
    }

    private void edges(ObjectNode json, OfEdges edges) {
        EdgeType type = stored.graph().edgeTypes().get(edges.type());
        json.put("type", type.name())
                .put("source", nodeTypes().get(type.source()).name())
                .put("target", nodeTypes().get(type.target()).name())
                .put("count", edges.stored())
                .put("undirected", edges.undirected())
                .put("selfLoops", edges.selfLoops())
                .put("duplicates", edges.duplicates());
        degrees(json.putObject("inDegree"), edges.in());
        edges.out().ifPresent(out -> degrees(json.putObject("outDegree"), out));
        edges.homophily()
                .ifPresent(homophily -> json.putObject("homophily")
                        .put("edge", homophily.edge())
                        .put("node", homophily.node())
                        .put("adjusted", homophily.adjusted())
                        .put("classInsensitive", homophily.classInsensitive())
                        .put("informativeness", homophily.informativeness())
                        .put("labels", homophily.labels()));
        columns(json, stored.edgeColumns(edges.type()));
    }

    private static void columns(ObjectNode json, List<Column> columns) {
        ArrayNode array = json.putArray("columns");
        for (Column column : columns) {
            array.addObject()
                    .put("name", column.name())
                    .put("type", column.type().word())
                    .put("width", column.width());
        }
    }

    private static void degrees(ObjectNode json, Degrees degrees) {
        json.put("min", degrees.min())
                .put("median", degrees.median())
                .put("mean", degrees.mean())
                .put("p90", degrees.p90())
                .put("p99", degrees.p99())
                .put("p99.9", degrees.p999())
                .put("max", degrees.max())
                .put("zero", degrees.zero());
        degrees.tailExponent().ifPresent(exponent -> json.put("tailExponent", exponent));
    }

    String text() {
        Columns table = new Columns();
        for (int type = 0; type < nodeTypes().size(); type++) {
            NodeType nodes = nodeTypes().get(type);
            String times = stored.graph().timed(type) ? ", with times" : "";
            String ids = stored.ids(type) instanceof NodeIds.Integers ? "integer ids" : "text ids";
            table.row(nodes.name(), number(nodes.count()), "nodes, " + ids + times);
            columns(table, stored.nodeColumns(type));
        }
        for (OfEdges edges : statistics.edges()) {
            EdgeType type = stored.graph().edgeTypes().get(edges.type());
            String ends = nodeTypes().get(type.source()).name() + " -> "
                    + nodeTypes().get(type.target()).name();
            table.row(
                    type.name(), number(edges.stored()), "edges, " + ends + (edges.undirected() ? ", both ways" : ""));
            columns(table, stored.edgeColumns(edges.type()));
            table.row("  self-loops", number(edges.selfLoops()));
            table.row("  duplicates", number(edges.duplicates()));
            edges.homophily().ifPresent(homophily -> homophily(table, homophily));
        }
        Components components = statistics.components();
        table.row("components", number(components.count()), "the largest has " + number(components.largest()));
        table.row("isolated", number(components.isolated()), "nodes");
        return table.text() + System.lineSeparator() + System.lineSeparator() + degrees();
    }

    private static void homophily(Columns table, Homophily homophily) {
        table.row("  homophily", decimal(homophily.edge()), "of edges join equal labels, of " + homophily.labels());
        table.row("  adjusted", decimal(homophily.adjusted()), "0 by chance, 1 at most");
        table.row(
                "  informativeness",
                decimal(homophily.informativeness()),
                "of a label's uncertainty a neighbor takes away");
    }

    private static void columns(Columns table, List<Column> columns) {
        for (Column column : columns) {
            String width = column.width() == 1 ? "" : " x " + column.width();
            table.row("  " + column.name(), "", column.type().word() + width);
        }
    }

    private String degrees() {
        Columns table = new Columns();
        table.row("degrees", "min", "median", "mean", "90 %", "99 %", "99.9 %", "max", "zero", "exponent");
        for (OfEdges edges : statistics.edges()) {
            String name = stored.graph().edgeTypes().get(edges.type()).name();
            degrees(table, edges.undirected() ? name : name + " in", edges.in());
            if (!edges.undirected()) {
                edges.out().ifPresent(out -> degrees(table, name + " out", out));
            }
        }
        return table.text();
    }

    private static void degrees(Columns table, String name, Degrees degrees) {
        String exponent = degrees.tailExponent().isEmpty()
                ? "–"
                : decimal(degrees.tailExponent().getAsDouble());
        table.row(
                name,
                number(degrees.min()),
                number(degrees.median()),
                decimal(degrees.mean()),
                number(degrees.p90()),
                number(degrees.p99()),
                number(degrees.p999()),
                number(degrees.max()),
                number(degrees.zero()),
                exponent);
    }

    private List<NodeType> nodeTypes() {
        return stored.graph().nodeTypes();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
