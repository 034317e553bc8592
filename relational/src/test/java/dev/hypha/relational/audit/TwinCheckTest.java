package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.schema.ColumnType;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rows of the test that equal a training row.
class TwinCheckTest extends AuditedShop {
    @Test
    void twinsAcrossTestAndTrainingAreCounted() throws SQLException {
        Map<String, ColumnType> named = Map.of("name", ColumnType.IDENTIFIER);
        shop.customers(", CASE WHEN i % 10 <> 0 THEN hash('member' || i) % 2 END AS member", "", named);
        AuditTask task = shop.timeless(TaskKind.BINARY, "member");
        assertThat(Shop.findings(task)).isEmpty();
        shop.tables()
                .execute("UPDATE data.customers SET city = 'here', age = 30, size = NULL, signup = DATE '2018-01-01'"
                        + " WHERE _row IN (SELECT entity FROM task.seeds WHERE split = 'test' LIMIT 4)"
                        + " OR _row IN (SELECT entity FROM task.seeds WHERE split = 'train' LIMIT 1)");
        assertOnly(Shop.findings(task), Kind.TWIN_ROWS, Severity.WARNING, "customers");
        assertThat(Shop.findings(task).getFirst().evidence()).containsEntry("rows", 4.0);
    }
}
