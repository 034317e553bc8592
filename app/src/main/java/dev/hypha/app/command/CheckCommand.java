package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.GraphStore.Finding;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hypha check GRAPH`: every byte of a store, against its checksums and against itself.
@Command(
        name = "check",
        description = "Reads a whole graph store: checksums of all files, then whether the graph contradicts itself.",
        footer = {
            "",
            "Examples:",
            "  hypha check follows",
            "  hypha check follows --json && cp -r follows /backup",
            "",
            "Exit status 3 where something is wrong."
        })
final class CheckCommand extends Verb {
    @Parameters(paramLabel = "GRAPH", description = "A graph store.")
    private Path graph;

    @Override
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--out", "--estimate", "--resume");
    }

    @Override
    Answer answer(Progress progress) throws IOException {
        progress.stage("checking " + graph, -1);
        List<Finding> findings = GraphStore.check(graph);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("healthy", findings.isEmpty());
        ArrayNode list = json.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("file", finding.file())
                    .put("problem", finding.problem())
                    .put("expected", finding.expected())
                    .put("found", finding.found());
        }
        return new Answer(json, text(findings), findings.isEmpty() ? Exit.DONE : Exit.SHORT);
    }

    private String text(List<Finding> findings) {
        if (findings.isEmpty()) {
            return graph + " is sound: all checksums agree, and the graph with itself.";
        }
        return findings.stream().map(CheckCommand::line).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(Finding finding) {
        String sums = finding.expected().isEmpty()
                ? ""
                : ": " + finding.expected() + " expected, " + finding.found() + " found";
        return finding.file() + " " + finding.problem() + sums;
    }
}
