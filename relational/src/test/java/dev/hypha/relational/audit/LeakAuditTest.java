package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// What becomes of findings.
class LeakAuditTest extends AuditedShop {
    @Test
    void aCleanShopHasNoFindings() throws SQLException {
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void leaksStopWithTheirPlaceUnlessTheyAreAllowed() throws SQLException {
        shop.customers(", i % 2 = 0 AS churned, i % 2 = 1 AS stayed, i % 2 = 1 AS kept");
        shop.plantLastOrders();
        shop.tables().execute("UPDATE task.seeds SET cutoff = time + INTERVAL 1 SECOND WHERE seed = 5");
        AuditReport report = LeakAudit.run(shop.task(), Progress.SILENT);
        assertThatThrownBy(() -> report.enforce(false, Progress.SILENT))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.kind()).isEqualTo("leak");
                    assertThat(e.where()).containsEntry("table", Finding.SEEDS).containsEntry("check", "future-row");
                    assertThat(e.where().get("leaks"))
                            .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                            .hasSize(4)
                            .extracting(leak -> leak.get("column"))
                            .containsExactly("cutoff", "churned", "stayed", "kept");
                    assertThat(e.hint()).contains("--allow-leaks").contains("Drop the column");
                    assertThat(e.getMessage() + e.hint() + e.where()).doesNotContain("task.");
                })
                .hasMessageContaining("1 predictions may see rows later")
                .hasMessageContaining("; customers.churned alone tells the label")
                .hasMessageContaining("(and 2 more leaks)");
        List<String> warnings = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void warn(String line) {
                warnings.add(line);
            }
        };
        assertThatCode(() -> report.enforce(true, progress)).doesNotThrowAnyException();
        assertThat(warnings).hasSize(4);
    }

    @Test
    void warningsDoNotStop() throws SQLException {
        shop.orders(", ordered + INTERVAL 3 DAY AS delivered_at");
        AuditReport report = LeakAudit.run(shop.task(), Progress.SILENT);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.leaks()).isEmpty();
        assertThatCode(() -> report.enforce(false, Progress.SILENT)).doesNotThrowAnyException();
    }
}
