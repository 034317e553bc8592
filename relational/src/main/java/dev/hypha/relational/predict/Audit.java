package dev.hypha.relational.predict;

import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.relational.audit.AggregateCheck;
import dev.hypha.relational.audit.AuditReport;
import dev.hypha.relational.audit.AuditTask;
import dev.hypha.relational.audit.BatchRows;
import dev.hypha.relational.audit.Finding;
import dev.hypha.relational.audit.LeakAudit;
import dev.hypha.relational.audit.PastOnly;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.task.Split;
import dev.hypha.relational.windows.WindowFeatures;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The leak audit of a job: of its task before anything is computed, and of what models will be given before
/// they are trained.
final class Audit {
    /// Seeds whose sampled rows are compared with their cut-offs.
    private static final int SAMPLED = 256;

    private static final long KEY = 0xa0d17;

    private Audit() {}

    static AuditReport ofTask(Job job) throws SQLException {
        return LeakAudit.run(task(job), job.progress());
    }

    /// Recomputes aggregates on a database without the future, and looks for late rows in a sampled batch.
    static List<Finding> ofInputs(Workbench bench) throws SQLException {
        Job job = bench.job();
        AuditTask task = task(job);
        job.progress().stage("audit of what models see", 2);
        Aggregates aggregates = bench.aggregates();
        List<Finding> findings = new ArrayList<>(PastOnly.check(
                task,
                aggregates.windows(),
                past -> WindowFeatures.build(past, job.database().schema(), job.target(), aggregates.vocabularies()),
                KEY));
        SeedTable seeds = job.task().seeds();
        Map<String, int[]> splits = new LinkedHashMap<>();
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            splits.put(split.label(), seeds.seeds(split));
        }
        findings.addAll(AggregateCheck.check(aggregates.windows(), job.kind(), seeds.entity(), seeds.label(), splits));
        job.progress().at(1, "aggregates");
        if (bench.graph().isPresent()) {
            findings.addAll(ofBatch(bench.graph().get(), job.task().seeds().size(), task));
        }
        job.progress().at(2, "batches");
        return findings;
    }

    private static List<Finding> ofBatch(GraphRival graph, int seeds, AuditTask task) throws SQLException {
        int every = Math.max(1, Math.ceilDiv(seeds, SAMPLED));
        int[] rows = IntStream.range(0, seeds).filter(i -> i % every == 0).toArray();
        Subgraph sampled = graph.sampled(rows);
        List<Finding> findings = new ArrayList<>();
        for (BatchRows shown : BatchRows.of(sampled, rows)) {
            findings.addAll(shown.check(task));
        }
        return findings;
    }

    private static AuditTask task(Job job) {
        return new AuditTask(
                job.connection(),
                job.database().schema(),
                job.task().entityTable(),
                job.kind(),
                job.withheld(),
                job.task().query().map(CheckedQuery::selectedBy).orElse(Set.of()),
                job.task().query().flatMap(CheckedQuery::horizon).map(h -> h.sqlAfter("time")),
                job.task().testCutoff().isEmpty(),
                job.timeless());
    }
}
