package dev.hypha.app.command;

import dev.hypha.app.terminal.Columns;
import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.Progress;
import dev.hypha.learn.papers.Coverage;
import dev.hypha.learn.papers.Papers;
import dev.hypha.learn.papers.PapersPage;
import dev.hypha.learn.papers.Records;
import dev.hypha.learn.papers.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hypha papers`: what is implemented of the papers, and what was last measured.
@Command(
        name = "papers",
        description = "Lists the papers that Hypha covers or sets out to: what implements each, what it must pass, and"
                + " the last recorded result.",
        footer = {
            "",
            "Examples:",
            "  hypha papers --family node-models          one family",
            "  hypha papers --status works --json         a line of JSON for each paper that works",
            "",
            "works: implemented, and its check passed by tests or by the last recorded result; short: implemented,",
            "its check not passed or only in part; absent: not implemented. hypha reproduce measures again."
        })
final class PapersCommand extends Verb {
    @Option(names = "--family", paramLabel = "F", description = "Papers of one family, such as node-models.")
    private String family;

    @Option(names = "--status", paramLabel = "S", description = "Papers of one status: works, short or absent.")
    private String status;

    @Option(names = "--markdown", description = "Print all of it as PAPERS.md.")
    private boolean markdown;

    @Override
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--out", "--estimate", "--resume");
    }

    @Override
    Answer answer(Progress progress) {
        List<Coverage> all = Papers.coverage(Records.own());
        if (markdown) return page(all);
        if (family != null)
            known(
                    "--family",
                    family,
                    all.stream().map(each -> each.paper().family()).toList());
        if (status != null)
            known(
                    "--status",
                    status,
                    Arrays.stream(Status.values()).map(Status::label).toList());
        List<Coverage> chosen = all.stream().filter(this::wanted).toList();
        return new Answer(chosen.stream().map(PaperRows::json).toList(), text(chosen), Exit.DONE);
    }

    private Answer page(List<Coverage> all) {
        if (family != null || status != null || common.json) {
            throw new InputException(
                    "bad-option",
                    "--markdown prints all papers as a page",
                    Map.of("option", "--markdown"),
                    "Leave out --family, --status and --json.");
        }
        return new Answer(List.of(), PapersPage.text(all).stripTrailing(), Exit.DONE);
    }

    private static void known(String option, String given, List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        if (distinct.contains(given)) return;
        throw new InputException(
                "bad-option",
                option + " is " + given + ", and there is none like that",
                Map.of("option", option),
                Nearest.to(given, distinct)
                                .map(name -> "Did you mean " + name + "? ")
                                .orElse("")
                        + "There are " + String.join(", ", distinct) + ".");
    }

    private boolean wanted(Coverage each) {
        return (family == null || each.paper().family().equals(family))
                && (status == null || each.status().label().equals(status));
    }

    private static String text(List<Coverage> chosen) {
        Columns columns = new Columns().row("id", "paper", "family", "status", "by", "last result");
        for (Coverage each : chosen) {
            columns.row(
                    PaperRows.id(each),
                    each.paper().name(),
                    each.paper().family(),
                    each.status().label(),
                    PaperRows.methods(each),
                    PaperRows.last(each));
        }
        Map<Status, Long> counts =
                chosen.stream().collect(Collectors.groupingBy(Coverage::status, Collectors.counting()));
        return columns.text() + System.lineSeparator() + chosen.size() + " papers: "
                + Arrays.stream(Status.values())
                        .map(each -> each.label() + " " + counts.getOrDefault(each, 0L))
                        .collect(Collectors.joining(", "));
    }
}
