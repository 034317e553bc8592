package dev.hypha.relational.audit;

import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Rows of one table that a batch showed to predictions, to be compared with their cutoffs by SQL.
public final class BatchRows {
    private static final String SHOWN = "hypha_audit_shown";

    private final String table;
    private final int[] seeds;
    private final int[] rows;

    /// @param table the table
    /// @param seeds which prediction each row was shown to, by `seed`
    /// @param rows the rows, by `_row`
    public BatchRows(String table, int[] seeds, int[] rows) {
        if (seeds.length != rows.length) {
            throw new IllegalArgumentException(seeds.length + " seeds for " + rows.length + " rows");
        }
        this.table = table;
        this.seeds = seeds;
        this.rows = rows;
    }

    /// The rows that a batch of the graph holds, one entry per table. Seeds that are not seen themselves show no row.
    ///
    /// @param seeds the prediction of each of the batch's seeds, by `seed`
    public static List<BatchRows> of(Subgraph batch, int[] seeds) {
        List<BatchRows> shown = new ArrayList<>();
        for (int type = 0; type < batch.nodeTypes().size(); type++) {
            int[] nodes = batch.nodes(type);
            int[] seedOf = batch.seedOf(type);
            int[] seen = IntStream.range(0, nodes.length)
                    .filter(i -> nodes[i] != Subgraph.UNSEEN)
                    .toArray();
            shown.add(new BatchRows(
                    batch.nodeTypes().get(type).name(),
                    IntStream.of(seen).map(i -> seeds[seedOf[i]]).toArray(),
                    IntStream.of(seen).map(i -> nodes[i]).toArray()));
        }
        return shown;
    }

    /// @return a leak where a row is later than the cutoff of the prediction it was shown to, or has no time in a timed
    /// table
    public List<Finding> check(AuditTask task) throws SQLException {
        if (task.schema().table(table).time().isEmpty()) {
            return List.of();
        }
        Sheet sheet = task.sheet();
        sheet.execute("CREATE OR REPLACE TEMP TABLE " + SHOWN + " (seed INTEGER, shown INTEGER)");
        try {
            load(task);
            double late = sheet.number("SELECT count(*) FROM " + SHOWN + " b JOIN task.seeds s USING (seed) JOIN "
                    + Sql.table(table) + " t ON t._row = b.shown WHERE t._time IS NULL OR t._time > s.cutoff");
            return late == 0 ? List.of() : List.of(finding(late));
        } finally {
            sheet.execute("DROP TABLE " + SHOWN);
        }
    }

    private void load(AuditTask task) throws SQLException {
        DuckDBConnection connection = task.connection().unwrap(DuckDBConnection.class);
        try (DuckDBAppender appender = connection.createAppender("temp", "main", SHOWN)) {
            for (int i = 0; i < rows.length; i++) {
                appender.beginRow();
                appender.append(seeds[i]);
                appender.append(rows[i]);
                appender.endRow();
            }
        }
    }

    private Finding finding(double late) {
        return new Finding(
                Kind.FUTURE_ROW,
                Severity.LEAK,
                table,
                "",
                "%.0f of %d rows of %s in a batch are later than their prediction's cutoff"
                        .formatted(late, rows.length, table),
                Map.of("rows", late),
                "This is a defect of the sampler; report it.");
    }
}
