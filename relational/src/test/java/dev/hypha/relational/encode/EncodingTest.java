package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Features;
import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.TableColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is encoded at all, how it is kept, and what a changed database does.
class EncodingTest extends EncodedTables {
    @Test
    void keysIdentifiersConstantsAndWhatIsPredictedAreLeftOutAndSaidSo() throws SQLException {
        database.add("p", "SELECT 1 AS id UNION ALL SELECT 2", "id", "", AS_THEY_ARE);
        database.add(
                "t",
                "SELECT i AS id, 1 + i % 2 AS p_id, 'c' || i AS code, 5 AS five, NULL::INTEGER AS none, i % 3 AS y FROM range(9) r(i)",
                "id",
                "",
                Map.of("code", ColumnType.IDENTIFIER),
                "p_id -> p.id");
        Encoding encoding = fit("2021-01-01", List.of(), Set.of(new TableColumn("t", "y")));
        assertThat(encoding.columns().stream()
                        .filter(c -> c.table().equals("t"))
                        .map(ColumnReport::encoder))
                .containsExactly(
                        "left out: primary key",
                        "left out: foreign key to p",
                        "left out: identifier",
                        "left out: constant",
                        "left out: always missing",
                        "left out: it is what is predicted");
        assertThat(encoding.columns().stream().filter(ColumnReport::leftOut)).hasSize(7);
        assertThat(encoding.columns().get(3).note()).isEqualTo("a value of its own in every row");
        Features features = features(encoding, "t");
        assertThat(features.rows()).isEqualTo(9);
        assertThat(features.dense().cols()).isZero();
    }

    @Test
    void derivedColumnsAreEncodedLikeOthers() throws SQLException {
        database.add(
                "t",
                "SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (NULL, 'c')) v(\"status id\", name)",
                "",
                "",
                AS_THEY_ARE);
        DerivedColumn failed = new DerivedColumn("t", "status id <> 1", "f.\"status id\" <> 1", ColumnType.BOOLEAN);
        Features features = features(fit("2021-01-01", List.of(failed), Set.of()), "t");
        assertThat(column(features, "status id <> 1", "value")).containsExactly(-1, 1, 0);
    }

    @Test
    void emptyTablesAndTablesWithoutTrainingRowsGiveFeaturesWithoutColumns() throws SQLException {
        database.add("none", "SELECT 1 AS x, 'a' AS y WHERE false", "", "", AS_THEY_ARE);
        database.add("late", "SELECT i AS x, DATE '2030-01-01' AS d FROM range(3) r(i)", "", "d", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        assertThat(features(encoding, "none").rows()).isZero();
        assertThat(features(encoding, "late").rows()).isEqualTo(3);
        assertThat(encoder(encoding, "late", "x")).isEqualTo(new LeftOut("no row before the last training cutoff"));
    }

    @Test
    void rowsLandByTheirNumberAcrossRanges() throws SQLException {
        int n = 300_000;
        database.add("t", "SELECT i AS x FROM range(" + n + ") r(i)", "", "", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        Numerical fitted = (Numerical) encoder(encoding, "t", "x");
        Features features = features(encoding, "t");
        for (int row : new int[] {0, 1, (1 << 17) - 1, 1 << 17, n - 1}) {
            assertThat(features.dense().get(row, 0)).isEqualTo(fitted.encode(row));
        }
        assertThat(encoding.table("t").bytes(n)).isEqualTo(4L * n);
    }

    @Test
    void ofHugeTextTheBeginningIsRead() throws SQLException {
        database.add(
                "t",
                "SELECT repeat('lorem ipsum dolor ', 20000) || i AS text, repeat('x', 1000000) || i AS word FROM range(3) r(i)",
                "",
                "",
                Map.of("text", ColumnType.TEXT));
        Encoding encoding = fit("2021-01-01");
        // Cut where the rows still agree, each of the columns holds one value.
        assertThat(encoding.columns()).extracting(ColumnReport::encoder).containsOnly("left out: constant");
        database.execute("UPDATE data.t SET text = 'other ' || text, word = 'y' || word WHERE _row = 1");
        Features features = features(fit("2021-01-01"), "t");
        float[] expected = new Text(32).encode("lorem ipsum dolor ".repeat(500).substring(0, Text.CHARACTERS));
        for (int i = 0; i < expected.length; i++) {
            assertThat(features.dense().get(0, i)).isEqualTo(expected[i]);
        }
        assertThat(features.codes()[0]).containsExactly(2, 3, 2);
    }

    @Test
    void theJsonFormGivesBackTheSameEncodingAndTheSameFeatures() throws SQLException {
        database.add("t", """
                SELECT i AS id, sqrt(i) AS x, 'c' || (i % 3) AS c, i % 2 = 0 AS b, DATE '1960-01-01' + i::INTEGER AS d, 'word ' || i AS text,
                  CASE WHEN i % 5 = 0 THEN NULL ELSE exp(i) END AS heavy FROM range(40) r(i)""", "id", "", Map.of("text", ColumnType.TEXT));
        Encoding encoding = fit("2021-01-01");
        Encoding read = Encoding.fromJson(encoding.toJson());
        assertThat(read).isEqualTo(encoding);
        Features before = features(encoding, "t");
        Features after = features(read, "t");
        assertThat(after.dense().toArray()).isEqualTo(before.dense().toArray());
        assertThat(after.codes()).isDeepEqualTo(before.codes());
        assertThat(after.times()).isDeepEqualTo(before.times());
        assertThat(after.denseNames()).isEqualTo(before.denseNames());
    }

    @Test
    void brokenJsonIsOneSentence() throws SQLException {
        database.add("t", "SELECT i AS x FROM range(4) r(i)", "", "", AS_THEY_ARE);
        String json = fit("2021-01-01").toJson();
        for (String broken : List.of(
                "",
                "null",
                "[]",
                json.substring(0, json.length() / 2),
                json.replace("\"scale\":", "\"scale\":-"),
                json.replace("Numerical", "Numeral"),
                json.replace("\"version\":1", "\"version\":2"),
                json.replaceAll("\"center\":[^,]*,", ""))) {
            assertThatThrownBy(() -> Encoding.fromJson(broken))
                    .as(broken)
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.kind()).isEqualTo("bad-run"))
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void aColumnThatIsGoneOrOfAnotherKindIsNamed() throws SQLException {
        database.add("t", "SELECT i AS x, i AS y FROM range(4) r(i)", "", "", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        database.add("t", "SELECT i AS y FROM range(4) r(i)", "", "", AS_THEY_ARE);
        assertThatThrownBy(() -> features(encoding, "t"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.where()).containsEntry("column", "x"))
                .hasMessageContaining("t.x was there in training");
        database.add("t", "SELECT 'v' || i AS x, i AS y FROM range(4) r(i)", "", "", AS_THEY_ARE);
        assertThatThrownBy(() -> features(encoding, "t"))
                .isInstanceOf(InputException.class)
                .hasMessage("column t.x was BIGINT in training and is VARCHAR now");
    }

    @Test
    void aTableThatIsGoneIsNamedAndNewColumnsAreNoted() throws SQLException {
        database.add("t", "SELECT i AS x FROM range(4) r(i)", "", "", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        database.add("t", "SELECT i / 2 AS x, i AS z FROM range(5) r(i)", "", "", AS_THEY_ARE);
        List<String> notes = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
        Features now = encoding.apply(database.connection(), database.schema(), memory, progress)
                .get("t");
        assertThat(now.rows()).isEqualTo(5);
        assertThat(notes).containsExactly("column t.z is new since training and is ignored");
        assertThatThrownBy(() -> encoding.apply(
                        database.connection(),
                        new dev.hypha.relational.schema.Schema(List.of()),
                        memory,
                        Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("table t ");
    }
}
