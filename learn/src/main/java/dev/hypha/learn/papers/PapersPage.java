package dev.hypha.learn.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// `PAPERS.md`: every paper, what implements it, its check and what was last measured. A test holds that
/// the file in the project is what is made here.
public final class PapersPage {
    private static final String FOUNDATIONS = "foundations";

    private PapersPage() {}

    /// The page.
    public static String text(List<Coverage> coverage) {
        List<String> lines = new ArrayList<>(head());
        lines.addAll(section(FOUNDATIONS, coverage));
        coverage.stream()
                .map(each -> each.paper().family())
                .filter(family -> !family.equals(FOUNDATIONS))
                .distinct()
                .sorted()
                .forEach(family -> lines.addAll(section(family, coverage)));
        return String.join("\n", lines) + "\n";
    }

    /// Without counts: they would change with every line of the page, and changes made side by side could not be
    /// merged.
    private static List<String> head() {
        return List.of(
                "# Papers",
                "",
                "Made by `hypha papers --markdown`, and by `hypha reproduce NAME --record` with new results; do not"
                        + " edit.",
                "",
                "A paper **works** where it is implemented and its check passed, by tests or by the last recorded"
                        + " result; it falls **short** where it is implemented and its check is not passed, or only in"
                        + " part; otherwise it is **absent**. Results are means over seeds on test rows ± the standard"
                        + " deviation; `hypha reproduce NAME` makes them again. `hypha papers` counts.");
    }

    private static List<String> section(String family, List<Coverage> coverage) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "## " + heading(family),
                "",
                "| | paper | status | by | check | last result |",
                "|---|---|---|---|---|---|"));
        coverage.stream()
                .filter(each -> each.paper().family().equals(family))
                .map(PapersPage::row)
                .forEach(lines::add);
        return lines;
    }

    private static String heading(String family) {
        return family.substring(0, 1).toUpperCase(Locale.ROOT)
                + family.substring(1).replace('-', ' ');
    }

    private static String row(Coverage each) {
        Paper paper = each.paper();
        return cells(
                paper.id().isPresent() ? Integer.toString(paper.id().getAsInt()) : "",
                paper.title().startsWith(paper.name()) ? paper.title() : paper.name() + ". " + paper.title(),
                each.status().label(),
                each.parts().stream()
                        .map(part -> "`" + part.shortMethod() + "`")
                        .collect(Collectors.joining(", ")),
                check(each),
                each.last().stream().map(PapersPage::result).collect(Collectors.joining("<br>")));
    }

    private static String check(Coverage each) {
        String notes = each.parts().stream()
                .map(Implementation::note)
                .filter(note -> !note.isEmpty())
                .map(note -> "<br>*" + note + "*")
                .collect(Collectors.joining());
        return each.paper().check() + notes;
    }

    private static String result(Coverage.Last last) {
        Setting setting = last.setting();
        Map<String, Measured> measured =
                last.recorded().map(each -> each.of(setting)).orElse(Map.of());
        return setting.trials().stream()
                .map(trial -> result(setting, trial, measured, last.recorded()))
                .collect(Collectors.joining("<br>"));
    }

    private static String result(
            Setting setting, Trial trial, Map<String, Measured> measured, Optional<Recorded> recorded) {
        if (!measured.containsKey(trial.name())) return trial.name() + ": not measured";
        String verdicts = Verdict.of(setting, measured).stream()
                .filter(verdict -> verdict.check().trial().equals(trial.name()))
                .map(verdict -> ", " + verdict.check().text(trial.metric()) + (verdict.pass() ? ": pass" : ": short"))
                .collect(Collectors.joining());
        Recorded.Entry entry = recorded.orElseThrow().trials().get(trial.name());
        return trial.name() + " " + entry.measured().text() + verdicts + " (" + entry.date() + ")";
    }

    private static String cells(String... cells) {
        return "| "
                + String.join(
                        " | ",
                        List.of(cells).stream().map(c -> c.replace("|", "\\|")).toList()) + " |";
    }
}
