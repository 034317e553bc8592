package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the leak audit found, and what is odd about the data.
final class Caveats {
    private Caveats() {}

    /// A banner above everything where leaks were allowed.
    static Optional<Element> banner(RunTree run) {
        return run.leaks()
                ? Optional.of(el(
                        "p",
                        at("class", "banner"),
                        at("role", "alert"),
                        "Leaks were found and allowed with --allow-leaks. The measurement below is not to be trusted."))
                : Optional.empty();
    }

    static Element of(RunTree run) {
        List<Element> findings = new ArrayList<>();
        for (JsonNode finding : run.report("audit")) {
            findings.add(el(
                    "li",
                    el("b", at("class", "severity " + severity(finding)), severity(finding)),
                    " " + finding.path("place").asText() + ": "
                            + finding.path("message").asText() + ". ",
                    finding.path("remedy").asText()));
        }
        List<Element> warnings = run.sentences("warnings").stream()
                .map(warning -> el("li", warning))
                .toList();
        return el(
                "section",
                el("h2", "Warnings and audit"),
                findings.isEmpty() ? el("p", "The leak audit found nothing.") : el("ul", findings),
                warnings.isEmpty()
                        ? el("p", "Nothing odd was found in the data.")
                        : el("details", el("summary", "About the data: " + warnings.size()), el("ul", warnings)));
    }

    private static String severity(JsonNode finding) {
        return finding.path("severity").asText("note").replaceAll("[^a-z]", "");
    }
}
