package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.Epoch;
import dev.hypha.learn.metrics.Spread;
import dev.hypha.relational.audit.AuditReport;
import dev.hypha.relational.audit.Finding;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.task.Split;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The tree of a run: what was asked, how it was measured, how good it is; and under `report` what people
/// look at.
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Split> MEASURED = List.of(Split.VALIDATION, Split.TEST);

    private final Workbench bench;
    private final Job job;
    private final List<SeedRun> runs;

    private Report(Workbench bench, List<SeedRun> runs) {
        this.bench = bench;
        this.job = bench.job();
        this.runs = runs;
    }

    /// What is known before anything is trained.
    static ObjectNode head(Job job) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("query", job.task().query().map(q -> q.query().toString()).orElse("labels from SQL"));
        json.put("labelled", job.task().query().isPresent() ? "query" : "sql");
        json.put("task", job.kind().label());
        json.put("protocol", job.task().protocol().label());
        ObjectNode rows = json.putObject("rows");
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            rows.put(split.label(), job.task().seeds().count(split));
        }
        return json;
    }

    static ObjectNode of(Workbench bench, List<SeedRun> runs, AuditReport audit, List<Importance.Column> importance) {
        Report report = new Report(bench, runs);
        ObjectNode json = head(bench.job());
        json.set("metrics", report.metrics());
        json.put("model", runs.getFirst().blend().model());
        json.set("baselines", report.baselines(Split.TEST));
        report.provenance(json);
        ObjectNode people = json.putObject("report");
        report.said(people, audit);
        report.splits(people);
        report.learning(people);
        report.drawn(people);
        people.set("baselinesValidation", report.baselines(Split.VALIDATION));
        report.tables(people);
        columns(people, importance);
        return json;
    }

    private ObjectNode metrics() {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (Split split : MEASURED) {
            out.set(
                    split.label(),
                    measured(split, runs.stream().map(SeedRun::model).toList()));
        }
        return out;
    }

    private ObjectNode baselines(Split split) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (String name : runs.getFirst().answers().keySet()) {
            out.set(
                    name,
                    measured(
                            split, runs.stream().map(r -> r.answers().get(name)).toList()));
        }
        return out;
    }

    private ObjectNode measured(Split split, List<float[]> answers) {
        SeedTable seeds = job.task().seeds();
        if (seeds.count(split) == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        return Spread.json(
                answers.stream().map(a -> Measurement.of(seeds, a, split)).toList());
    }

    private void provenance(ObjectNode json) {
        json.put("database", job.database().location());
        json.put("dataHash", job.database().fingerprint());
        json.put("entity", job.task().entityTable());
        json.put("key", job.task().key());
        json.put("predictAt", Timestamps.format(job.task().predictAt()));
        json.put("seed", runs.getFirst().seed()).put("seeds", runs.size());
        json.put("graphShare", runs.getFirst().blend().graphShare());
        json.put("method", bench.methods().name());
        ObjectNode options = json.putObject("options");
        bench.methods().written().forEach(options::put);
        ArrayNode classes = json.putArray("classes");
        job.task().seeds().classes().forEach(classes::add);
        bench.graph().ifPresent(g -> json.set("target", g.target().toJson()));
        json.put("kernels", bench.provider().describe());
        json.put("offHeapPeakBytes", bench.memory().peak());
    }

    private void said(ObjectNode people, AuditReport audit) {
        Set<String> sentences = new LinkedHashSet<>();
        job.task().query().flatMap(CheckedQuery::givenSentence).ifPresent(sentences::add);
        sentences.add(
                switch (job.task().protocol()) {
                    case FROZEN ->
                        "Protocol frozen: no row after the test cut-off is seen by any test prediction; training and"
                                + " validation predictions see all before their own time.";
                    case ROLLING -> "Protocol rolling: every prediction sees all before its own time.";
                });
        // The notes hold the sentence on GIVEN as well; it stands first, and once.
        sentences.addAll(job.task().notes());
        sentences.add(
                "The trees on aggregates that answer for the test and for predictions were grown again on training and"
                        + " validation rows together, with the number of rounds that validation had chosen.");
        if (!audit.leaks().isEmpty()) {
            sentences.add("Leaks were found and allowed: the measurement below is not to be trusted.");
        }
        sentences.forEach(people.putArray("sentences")::add);
        ArrayNode warnings = people.putArray("warnings");
        job.database().warnings().forEach(warnings::add);
        ArrayNode findings = people.putArray("audit");
        for (Finding f : audit.findings()) {
            findings.addObject()
                    .put("severity", f.severity().name().toLowerCase(Locale.ROOT))
                    .put("kind", f.check())
                    .put("place", f.place())
                    .put("message", f.message())
                    .put("remedy", f.remedy());
        }
    }

    private void splits(ObjectNode people) {
        SeedTable seeds = job.task().seeds();
        ArrayNode out = people.putArray("splits");
        for (Split split : Split.values()) {
            int[] rows = seeds.seeds(split);
            if (rows.length == 0) {
                continue;
            }
            long[] times = Arrays.stream(rows)
                    .mapToLong(i -> seeds.time()[i])
                    .sorted()
                    .distinct()
                    .toArray();
            ObjectNode one = out.addObject()
                    .put("split", split.label())
                    .put("rows", rows.length)
                    .put("times", times.length)
                    .put("from", Timestamps.format(times[0]))
                    .put("to", Timestamps.format(times[times.length - 1]));
            double mean = Arrays.stream(rows)
                    .mapToDouble(i -> seeds.label()[i])
                    .average()
                    .orElse(Double.NaN);
            if (Double.isFinite(mean)) {
                one.put("meanLabel", mean);
            }
        }
    }

    private void learning(ObjectNode people) {
        people.put("decidingMetric", Measurement.deciding(job.kind()).label());
        people.put("bestEpoch", runs.getFirst().bestEpoch());
        ArrayNode curve = people.putArray("curve");
        for (Epoch epoch : runs.getFirst().history()) {
            ObjectNode point = curve.addObject()
                    .put("epoch", epoch.number())
                    .put("loss", epoch.loss())
                    .put("seconds", epoch.seconds());
            if (Double.isFinite(epoch.metric())) {
                point.put("metric", epoch.metric());
            }
        }
    }

    private void drawn(ObjectNode people) {
        SeedTable seeds = job.task().seeds();
        Split split = seeds.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION;
        people.put("drawnSplit", split.label());
        int[] rows = seeds.seeds(split);
        if (rows.length > 0) {
            Curves.into(people, Measurement.outcomes(seeds, runs.getFirst().model(), rows));
        }
    }

    private void tables(ObjectNode people) {
        ArrayNode tables = people.putObject("schema").putArray("tables");
        for (Table table : job.database().schema().tables()) {
            ObjectNode one = tables.addObject().put("name", table.name()).put("rows", table.rows());
            table.primaryKey().ifPresent(key -> one.put("key", key));
            table.time().ifPresent(time -> one.put("time", time.toString()));
            ArrayNode columns = one.putArray("columns");
            for (Column column : table.columns()) {
                columns.addObject()
                        .put("name", column.name())
                        .put("type", column.type().name().toLowerCase(Locale.ROOT))
                        .put("dropped", column.dropped());
            }
            ArrayNode references = one.putArray("foreignKeys");
            for (ForeignKey key : table.foreignKeys()) {
                references.addObject().put("column", key.column()).put("table", key.table());
            }
        }
        people.set("columns", JSON.valueToTree(bench.encoding().columns()));
    }

    private static void columns(ObjectNode people, List<Importance.Column> importance) {
        ObjectNode out = people.putObject("importance");
        ArrayNode columns = out.putArray("columns");
        Map<String, Double> tables = new java.util.TreeMap<>();
        for (Importance.Column c : importance) {
            columns.addObject()
                    .put("table", c.table())
                    .put("column", c.column())
                    .put("worse", c.worse());
            tables.merge(c.table(), Math.max(0, c.worse()), Double::sum);
        }
        ArrayNode byTable = out.putArray("tables");
        tables.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(e -> byTable.addObject().put("table", e.getKey()).put("worse", e.getValue()));
    }
}
