package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Features;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// Categories: codes by frequency, one for missing and one for unknown.
class CategoricalTest extends EncodedTables {
    @Test
    void categoriesCountByFrequencyWithCodesForMissingAndUnknown() throws SQLException {
        database.add("t", """
                SELECT * FROM (VALUES ('b', DATE '2020-01-01'), ('a', DATE '2020-01-01'), ('b', DATE '2020-01-01'),
                  (NULL, DATE '2020-01-01'), ('', DATE '2020-01-01'), ('late', DATE '2022-01-01'), ('never', NULL)) v(x, d)""", "", "d", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        assertThat(((Categorical) encoder(encoding, "t", "x")).vocabulary()).containsExactly("b", "", "a");
        Features features = features(encoding, "t");
        assertThat(features.codes()[0]).containsExactly(2, 4, 2, 0, 3, 1, 1);
        assertThat(features.vocabularies()).containsExactly(5);
        assertThat(features.codeNames()).containsExactly(new Features.Name("t", "x", "category"));
    }

    @Test
    void inALargeTableValuesSeenOnceAreUnknownAndTheVocabularyIsCapped() throws SQLException {
        database.add(
                "t",
                "SELECT 'v' || (i // 2) AS often, CASE WHEN i < 3000 THEN 's' || (i % 7) ELSE 'once' || i END AS some FROM range(4000) r(i)",
                "",
                "",
                AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        assertThat(((Categorical) encoder(encoding, "t", "often")).vocabulary()).hasSize(Categorical.CAP);
        assertThat(((Categorical) encoder(encoding, "t", "some")).vocabulary()).hasSize(7);
        assertThat(features(encoding, "t").codes()[1][3999]).isEqualTo(Categorical.UNKNOWN);
    }
}
