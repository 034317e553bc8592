package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.keys;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.rows;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypha.graph.InputException;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.Table;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileTest {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @BeforeEach
    void shop() {
        write(folder, "customers.csv", "id,code,since,score", "1,a,2020-01-01,7", "2,b,2020-02-01,x");
        write(
                folder,
                "orders.csv",
                "id,customer_id,who,date,total,paid",
                "1,1,a,2020-03-01,5,1",
                "2,9,b,2020-03-02,6,0");
        write(folder, "lines.csv", "id,order_id,first_order_id,n", "1,1,1,3", "2,2,1,4");
        write(folder, "notes.csv", "id,text", "1,x");
    }

    private Path yaml(String... lines) {
        return write(elsewhere, "schema.yaml", lines);
    }

    @Test
    void itDecidesWhatItNamesAndNothingElse() {
        Path file = yaml(
                "# what is wrong by inference",
                "leave-out: notes",
                "tables:",
                "  Customers:",
                "    key: code",
                "    time: none",
                "  orders:",
                "    foreign-keys: {who: customers, customer_id: none}",
                "    time: date - 2 hours",
                "    drop: [total]",
                "    types: {PAID: boolean}",
                "  lines:",
                "    time: order_id.date + 1 day");
        try (Database database = open(folder, file)) {
            assertThat(database.schema().tables().stream().map(Table::name))
                    .containsExactly("customers", "lines", "orders");
            assertThat(keys(database, "customers")).isEqualTo("code; -");
            assertThat(keys(database, "orders")).isEqualTo("id who->customers; date - 2 hours");
            assertThat(keys(database, "lines"))
                    .isEqualTo("id order_id->orders first_order_id->orders; order_id.date + 1 day");
            assertThat(rows(database, "SELECT CAST(_time AS VARCHAR) FROM data.orders ORDER BY _row"))
                    .containsExactly("2020-02-29 22:00:00", "2020-03-01 22:00:00");
            assertThat(rows(database, "SELECT CAST(_time AS VARCHAR) FROM data.lines ORDER BY _row"))
                    .containsExactly("2020-03-02 00:00:00", "2020-03-03 00:00:00");
            Column paid = database.schema().table("orders").column("paid");
            assertThat(paid).isEqualTo(new Column("paid", "BOOLEAN", ColumnType.BOOLEAN, false));
            assertThat(database.schema().table("orders").column("total").dropped())
                    .isTrue();
            assertThat(database.describe()).contains("(given)", "left out: notes", "dropped       total");
        }
    }

    @Test
    void whatIsSavedReadsBackAsTheSameSchema() {
        Path file = yaml(
                "tables:",
                "  orders: {foreign-keys: {who: customers.code, customer_id: none}, drop: [total], types: {paid: categorical}}",
                "  lines: {time: first_order_id.date}");
        try (Database first = open(folder, file)) {
            Path saved = write(elsewhere, "saved.yaml", first.schemaYaml());
            try (Database second = open(folder, saved)) {
                assertThat(second.schema()).isEqualTo(first.schema());
                assertThat(second.schemaYaml()).isEqualTo(first.schemaYaml());
            }
        }
    }

    @Test
    void anEmptyFileChangesNothing() {
        try (Database without = open(folder);
                Database with = open(folder, write(elsewhere, "empty.yaml", "# nothing"))) {
            assertThat(with.schema()).isEqualTo(without.schema());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            tables: {order: {key: id}}                                 ~ unknown-table  ~ 10 ~ Did you mean orders
            tables: {orders: {key: idd}}                               ~ unknown-column ~ 24 ~ Did you mean id
            tables: {orders: {drop: [id, totals]}}                     ~ unknown-column ~ 30 ~ Did you mean total
            tables: {orders: {types: {totl: text}}}                    ~ unknown-column ~ 27 ~ Did you mean total
            tables: {orders: {types: {total: texts}}}                  ~ schema-file    ~ 34 ~ Did you mean text
            tables: {orders: {foreign-keys: {who: costumers}}}         ~ unknown-table  ~ 39 ~ Did you mean customers
            tables: {orders: {foreign-keys: {who: customers}}}         ~ schema-file    ~ 39 ~ same type
            tables: {orders: {foreign-keys: {who: customers.cod}}}     ~ unknown-column ~ 39 ~ Did you mean code
            leave-out: [note]                                          ~ unknown-table  ~ 13 ~ Did you mean notes
            tables: {orders: {tim: date}}                              ~ schema-file    ~ 19 ~ Did you mean time
            tables: {orders: {time: date -}}                           ~ time-rule      ~ 25 ~ none
            tables: {orders: {time: dat}}                              ~ unknown-column ~ 25 ~ Did you mean date
            tables: {orders: {time: total}}                            ~ time-rule      ~ 25 ~ timestamp
            tables: {orders: {time: notes.date}}                       ~ time-rule      ~ 25 ~ Known are: customers
            tables: {orders: {key: id, key: who}}                      ~ schema-file    ~ 28 ~ keep one
            tables: {orders: {key: }}                                  ~ schema-file    ~ 23 ~ none
            tables: {orders: {types: {who: timestamp}}}                ~ schema-file    ~ 27 ~ inferred
            tables: [orders]                                           ~ schema-file    ~ 9  ~ name: value
            tables: {orders: {                                         ~ schema-file    ~ 0  ~ colons
            """)
    void aMistakeIsPointedAt(String line, String kind, int column, String hint) {
        Path file = yaml("# line 1", line);
        InputException e = catchThrowableOfType(
                InputException.class, () -> open(folder, file).close());
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
        assertThat(e.hint()).as(e.getMessage()).contains(hint);
        assertThat(e.getMessage()).contains("schema.yaml, line ").doesNotContain("\n");
        if (column > 0) assertThat(e.getMessage()).contains("line 2, column " + column + ":");
    }

    @Test
    void aTimeRuleThatLeadsNowhere() {
        InputException none = refused("tables: {notes: {time: orders.date}}");
        assertThat(none).hasMessageContaining("no foreign key");
        InputException two = refused("tables: {lines: {time: orders.date}}");
        assertThat(two.hint()).contains("order_id.COLUMN");
        InputException column = refused("tables: {orders: {time: customers.sinse}}");
        assertThat(column.hint()).contains("since");
        InputException number = refused("tables: {orders: {time: total}}");
        assertThat(number).hasMessageContaining("no date or time");
    }

    @Test
    void aGivenKeyMustIdentify() {
        write(folder, "orders.csv", "id,kind", "1,a", "2,b", "3,a");
        InputException e = refused("tables: {orders: {key: kind}}");
        assertThat(e.kind()).isEqualTo("duplicate-key");
        assertThat(e).hasMessageContaining("orders.kind has the value a in 2 rows");
    }

    @Test
    void aFileThatIsNotThere() {
        InputException e = catchThrowableOfType(
                InputException.class,
                () -> open(folder, elsewhere.resolve("nothing.yaml")).close());
        assertThat(e.kind()).isEqualTo("unreadable-file");
    }

    private InputException refused(String line) {
        Path file = yaml(line);
        return catchThrowableOfType(
                InputException.class, () -> open(folder, file).close());
    }
}
