package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.schema.TableColumn;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A choice of entities that depends on what came later.
class SelectionCheckTest extends AuditedShop {
    @Test
    void entitiesSelectedBeforeTheirFirstFactAreFound() throws SQLException {
        shop.tables().execute("DELETE FROM data.orders WHERE customer_id < 60 AND _time < TIMESTAMP '2021-05-01'");
        shop.seeds("true");
        assertOnly(shop.findings(), Kind.SELECTED_BEFORE_EXISTING, Severity.WARNING, "customers");
        shop.tables().execute("DELETE FROM data.orders WHERE customer_id < 200 AND _time < TIMESTAMP '2021-05-01'");
        shop.seeds("true");
        assertThat(shop.findings())
                .anySatisfy(f -> assertOnly(List.of(f), Kind.SELECTED_BEFORE_EXISTING, Severity.LEAK, "customers"));
        shop.seeds();
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void aSelectionByPresentValuesIsNoted() throws SQLException {
        AuditTask task = shop.task(TaskKind.BINARY, Set.of(new TableColumn("customers", "city")));
        assertOnly(
                LeakAudit.run(task, Progress.SILENT).findings(),
                Kind.SELECTED_BY_PRESENT_VALUE,
                Severity.NOTE,
                "customers.city");
        assertThat(LeakAudit.run(shop.task(), Progress.SILENT).findings()).isEmpty();
    }
}
