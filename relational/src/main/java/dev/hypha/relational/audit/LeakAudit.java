package dev.hypha.relational.audit;

import dev.hypha.learn.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Looks, before training, for knowledge of the outcome in what models may see. All of it is SQL in the staged
/// database.
public final class LeakAudit {
    private static final List<Check> CHECKS = List.of(
            new SeedCheck(),
            new UntimedRowsCheck(),
            new LaterValueCheck(),
            new LabelCheck(),
            new SelectionCheck(),
            new TwinCheck());

    private LeakAudit() {}

    /// Runs every check. Nothing is thrown for a leak; see [AuditReport#enforce].
    public static AuditReport run(AuditTask task, Progress progress) throws SQLException {
        progress.stage("leak audit", CHECKS.size());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < CHECKS.size(); i++) {
            findings.addAll(CHECKS.get(i).find(task));
            progress.at(i + 1, "");
        }
        return new AuditReport(findings);
    }
}
