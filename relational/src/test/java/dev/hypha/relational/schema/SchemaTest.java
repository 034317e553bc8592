package dev.hypha.relational.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypha.graph.InputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final Table ORDERS = new Table(
            "orders",
            List.of(new Column("order_id", "BIGINT", ColumnType.IDENTIFIER, false)),
            Optional.of("order_id"),
            List.of(),
            Optional.empty(),
            3);

    @Test
    void unknownTablesAndColumnsComeWithTheNearestName() {
        Schema schema = new Schema(List.of(ORDERS));
        assertThat(schema.table("Orders")).isSameAs(ORDERS);
        InputException table = catchThrowableOfType(InputException.class, () -> schema.table("order"));
        assertThat(table.kind()).isEqualTo("unknown-table");
        assertThat(table.hint()).contains("orders");
        InputException column = catchThrowableOfType(InputException.class, () -> ORDERS.column("oder_id"));
        assertThat(column).hasMessage("table orders has no column oder_id");
        assertThat(column.hint()).contains("order_id");
    }
}
