package dev.hypha.relational.audit;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the audit found, gravest first.
public record AuditReport(List<Finding> findings) {
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
    /// @throws InputException kind `leak`, naming the first leak's table and column and counting the others
    public void enforce(boolean allowed, Progress progress) {
        List<Finding> leaks = leaks();
        boolean stop = !allowed && !leaks.isEmpty();
        // Findings are sorted, so the leak that is thrown is the first of them.
        for (Finding f : findings.subList(stop ? 1 : 0, findings.size())) {
            if (f.severity() == Severity.NOTE) {
                progress.note(f.message());
            } else {
                progress.warn(f.message() + ". " + f.remedy());
            }
        }
        if (stop) {
            throw exception(leaks.getFirst(), leaks.size() - 1);
        }
    }

    private static InputException exception(Finding leak, int others) {
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("table", leak.table());
        if (!leak.column().isEmpty()) {
            where.put("column", leak.column());
        }
        where.put("check", leak.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        where.put("otherLeaks", others);
        String more = others == 0 ? "" : " (and " + others + (others == 1 ? " more leak)" : " more leaks)");
        return new InputException(
                "leak",
                leak.message() + more,
                where,
                leak.remedy() + " Or continue with --allow-leaks, which marks the report.");
    }
}
