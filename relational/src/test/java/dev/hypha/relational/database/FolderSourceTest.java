package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.gzip;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.rows;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.schema.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    @TempDir
    Path folder;

    @Test
    void everyFormatBecomesATable() throws SQLException, IOException {
        write(folder, "commas.csv", "a,b", "1,x");
        write(folder, "semicolons.csv", "\"a\";\"b\"", "1;x;".substring(0, 3));
        write(folder, "bars.csv", "a|b", "1|x");
        write(folder, "tabs.tsv", "a\tb", "1\tx, y");
        gzip(folder, "packed.csv.gz", "a,b", "1,x");
        gzip(folder, "misnamed.csv", "a,b", "1,x");
        parquet("columns.parquet");
        parquet("inner.parquet");
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("squeezed.parquet.gz")))) {
            Files.copy(folder.resolve("inner.parquet"), out);
        }
        Files.move(folder.resolve("inner.parquet"), folder.resolve("parquet_by_content.csv"));
        write(folder, "README.txt", "not a table");
        write(folder, ".hidden.csv", "a,b", "1,x");
        Files.createDirectory(folder.resolve("sub.csv"));
        try (Database database = open(folder)) {
            assertThat(database.schema().tables()).hasSize(9);
            for (var table : database.schema().tables())
                assertThat(rows(database, "SELECT a, left(b, 1), _row FROM " + Sql.table(table.name())))
                        .as(table.name())
                        .containsExactly("1|x|0");
        }
    }

    private void parquet(String name) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
                Statement s = c.createStatement()) {
            s.execute("COPY (SELECT 1 AS a, 'x' AS b) TO '" + folder.resolve(name) + "' (FORMAT parquet)");
        }
    }

    @Test
    void typesAreDecidedOverAllRows() {
        write(
                folder,
                "t.csv",
                "whole,gaps,real,code,long,flag,day,instant,zoned,clock,text,nothing,german,big",
                "1,1.0,0.5,007,1,true,2020-01-31,2020-01-31 10:00:00,2020-01-31T10:00:00+02:00,10:30:00,a,\\N,31.01.2020,12345678901234567890",
                "-2,\\N,1e3,01,NULL,FALSE,2020-02-29,2020-02-29T23:59:59.5,2020-01-31T10:00:00Z,,b,,01.02.2020,1",
                "3,3.0,NA,1,,\\N,,2020-03-01,\\N,23:59:00,\"c, \"\"d\"\"\",NULL,29.02.2020,2");
        try (Database database = open(folder)) {
            assertThat(database.schema().table("t").columns().stream().map(Column::sqlType))
                    .containsExactly(
                            "BIGINT",
                            "BIGINT",
                            "DOUBLE",
                            "VARCHAR",
                            "BIGINT",
                            "BOOLEAN",
                            "DATE",
                            "TIMESTAMP",
                            "TIMESTAMP",
                            "TIME",
                            "VARCHAR",
                            "VARCHAR",
                            "DATE",
                            "VARCHAR");
            assertThat(rows(database, "SELECT gaps, real, code, flag, text, german FROM data.t ORDER BY _row"))
                    .containsExactly(
                            "1|0.5|007|true|a|2020-01-31",
                            "null|1000.0|01|false|b|2020-02-01",
                            "3|null|1|null|c, \"d\"|2020-02-29");
            assertThat(rows(database, "SELECT epoch_us(zoned) FROM data.t ORDER BY _row"))
                    .containsExactly("1580457600000000", "1580464800000000", "null");
        }
    }

    @Test
    void aLateOddValueChangesTheType() {
        String[] lines = IntStream.range(0, 30_000)
                .mapToObj(i -> i == 0 ? "n" : i == 29_999 ? "many" : String.valueOf(i))
                .toArray(String[]::new);
        write(folder, "t.csv", lines);
        try (Database database = open(folder)) {
            assertThat(database.schema().table("t").columns().getFirst().sqlType())
                    .isEqualTo("VARCHAR");
        }
    }

    @Test
    void naIsACountryAmongCountriesAndMissingElsewhere() {
        write(folder, "t.csv", "country,word,number", "DE,abc,1", "NA,NA,NA", "FR,de,2", "US,f,3");
        try (Database database = open(folder)) {
            assertThat(rows(database, "SELECT country, word, number FROM data.t WHERE _row = 1"))
                    .containsExactly("NA|null|null");
        }
    }

    @Test
    void ambiguousDatesAreWarnedOf() {
        write(folder, "t.csv", "d,e", "01/02/2020,13/02/2020", "03/04/2020,01/12/2020");
        try (Database database = open(folder)) {
            assertThat(rows(database, "SELECT d, e FROM data.t WHERE _row = 0"))
                    .containsExactly("2020-02-01|2020-02-13");
            assertThat(database.warnings()).anyMatch(w -> w.contains("t.d") && w.contains("day/month"));
            assertThat(database.warnings()).noneMatch(w -> w.contains("t.e") && w.contains("day/month"));
        }
    }

    @Test
    void rowsKeepTheFilesOrderOnEveryRun() {
        int n = 200_000;
        String[] lines = new String[n + 1];
        lines[0] = "id,text";
        for (int i = 0; i < n; i++) lines[i + 1] = (i * 7919L % n) + ",\"line\n" + i + "\"";
        write(folder, "t.csv", lines);
        for (int run = 0; run < 2; run++)
            try (Database database = open(folder)) {
                assertThat(rows(database, "SELECT count(*), min(_row), max(_row), count(DISTINCT _row) FROM data.t"))
                        .containsExactly(n + "|0|" + (n - 1) + "|" + n);
                assertThat(rows(database, "SELECT count(*) FROM data.t WHERE id <> (_row * 7919::BIGINT) % " + n))
                        .containsExactly("0");
            }
    }

    @Test
    void byteOrderMarkAndWindowsLinesAreNoPartOfTheData() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "\uFEFFid,name\r\n1,ä\r\n2,b\r\n");
        try (Database database = open(folder)) {
            assertThat(rows(database, "SELECT id, name FROM data.t ORDER BY _row"))
                    .isEqualTo(List.of("1|ä", "2|b"));
        }
    }

    @Test
    void namesThatLookLikeSqlAreJustNames() {
        write(folder, "drop table x; --.csv", "\"a\"\"b\",select,o'clock", "1,2,3");
        try (Database database = open(folder)) {
            var table = database.schema().tables().getFirst();
            assertThat(table.name()).isEqualTo("drop table x; --");
            assertThat(table.columns().stream().map(Column::name))
                    .isEqualTo(Arrays.asList("a\"b", "select", "o'clock"));
        }
    }

    @Test
    void columnsHyphaNeedsItselfAreLeftOut() {
        write(folder, "t.csv", "id,_row,_TIME", "1,2,3");
        try (Database database = open(folder)) {
            assertThat(rows(database, "SELECT id, _row FROM data.t")).containsExactly("1|0");
            assertThat(database.warnings()).anyMatch(w -> w.contains("t._row")).anyMatch(w -> w.contains("t._TIME"));
        }
    }
}
