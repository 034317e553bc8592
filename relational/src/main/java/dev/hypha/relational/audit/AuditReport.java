package dev.hypha.relational.audit;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the audit found, gravest first.
public record AuditReport(List<Finding> findings) {
    /// How many leaks one sentence says.
    private static final int SAID = 2;

    public AuditReport {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::severity).reversed());
        findings = List.copyOf(sorted);
    }

    /// The findings that stop training.
    public List<Finding> leaks() {
        return findings.stream().filter(f -> f.severity() == Severity.LEAK).toList();
    }

    /// This report with the findings of a check made later.
    public AuditReport plus(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new AuditReport(all);
    }

    /// Says each finding, then stops at leaks.
    ///
    /// @param allowed leaks are said but do not stop (the report must then be marked)
    /// @throws InputException kind `leak`, saying the first two leaks, counting the others and naming all of
    ///     them in its place
    public void enforce(boolean allowed, Progress progress) {
        List<Finding> leaks = leaks();
        boolean stop = !allowed && !leaks.isEmpty();
        // Findings are sorted, so the leaks that are thrown are the first of them.
        for (Finding f : findings.subList(stop ? said(leaks).size() : 0, findings.size())) {
            if (f.severity() == Severity.NOTE) {
                progress.note(f.message());
            } else {
                progress.warn(f.message() + ". " + f.remedy());
            }
        }
        if (stop) {
            throw exception(leaks);
        }
    }

    private static List<Finding> said(List<Finding> leaks) {
        return leaks.subList(0, Math.min(SAID, leaks.size()));
    }

    private static InputException exception(List<Finding> leaks) {
        int others = leaks.size() - said(leaks).size();
        String more = others == 0 ? "" : " (and " + others + (others == 1 ? " more leak)" : " more leaks)");
        Map<String, Object> where = new TreeMap<>(place(leaks.getFirst()));
        where.put("leaks", leaks.stream().map(AuditReport::fields).toList());
        String remedies = said(leaks).stream().map(Finding::remedy).distinct().collect(Collectors.joining(" "));
        return new InputException(
                "leak",
                said(leaks).stream().map(Finding::message).collect(Collectors.joining("; ")) + more,
                where,
                remedies + " Or continue with --allow-leaks, which marks the report.");
    }

    private static Map<String, Object> place(Finding leak) {
        Map<String, Object> place = new TreeMap<>();
        place.put("check", leak.check());
        place.put("table", leak.table());
        if (!leak.column().isEmpty()) place.put("column", leak.column());
        return place;
    }

    private static Map<String, Object> fields(Finding leak) {
        Map<String, Object> fields = place(leak);
        fields.put("message", leak.message());
        fields.put("remedy", leak.remedy());
        return fields;
    }
}
