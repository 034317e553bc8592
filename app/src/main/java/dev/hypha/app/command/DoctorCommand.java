package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.Version;
import dev.hypha.app.terminal.Columns;
import dev.hypha.learn.Progress;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;

/// `hypha doctor`: what this machine has of what Hypha uses, and what to do about the rest.
@Command(
        name = "doctor",
        description = "Shows what this machine has of what Hypha uses: Java, kernels, memory, native libraries.",
        footer = {
            "",
            "Examples:",
            "  hypha doctor",
            "  hypha doctor --threads 2 --memory 4g --json     what a job with these bounds would find",
            "",
            "The fastest kernels are chosen. HYPHA_KERNELS=blas, vector or plain asks for others, as does",
            "HYPHA_JAVA_OPTS=-Dhypha.kernels=plain; HYPHA_BLAS_CORE names the core type of OpenBLAS.",
            "",
            "Exit status 3 where something is missing."
        })
final class DoctorCommand extends Verb {
    @Override
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--out", "--estimate", "--resume");
    }

    @Override
    Answer answer(Progress progress) {
        List<Machine.Check> checks = Machine.checks(common.threads, common.memoryBytes);
        boolean healthy = checks.stream().allMatch(Machine.Check::ok);
        return new Answer(json(checks, healthy), text(checks), healthy ? Exit.DONE : Exit.SHORT);
    }

    private static ObjectNode json(List<Machine.Check> checks, boolean healthy) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("healthy", healthy);
        ArrayNode found = object.putArray("checks");
        for (Machine.Check check : checks) {
            found.addObject()
                    .put("name", check.name())
                    .put("value", check.value())
                    .put("ok", check.ok())
                    .put("hint", check.ok() ? "" : check.hint());
        }
        return object;
    }

    private static String text(List<Machine.Check> checks) {
        Columns columns = new Columns();
        columns.row("hypha", Version.current().toString().replaceFirst("^hypha ", ""), "");
        for (Machine.Check check : checks) {
            columns.row(check.name(), check.value(), check.ok() ? "" : "<- " + check.hint());
        }
        return columns.text();
    }
}
