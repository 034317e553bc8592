package dev.hypha.learn.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.papers.Check.Above;
import dev.hypha.learn.papers.Check.AtLeast;
import dev.hypha.learn.papers.Check.AtMost;
import dev.hypha.learn.papers.Check.Slower;
import dev.hypha.learn.papers.Measured.Run;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingTest {
    private static final String TEXT = """
        {"seeds": 3,
         "base": {"method": "gcn", "data": "cora", "split": "public", "from": "section 5",
                  "options": {"layers": 2, "dropout": 0.5}},
         "trials": {
           "shallow": {"published": 0.815, "source": "table 2"},
           "deep": {"options": {"layers": 10}, "training": {"epochs": 50}, "metric": "f1-macro"}},
         "checks": [{"trial": "shallow", "at-least": 0.8},
                    {"trial": "deep", "at-most": 0.7},
                    {"trial": "deep", "times-the-seconds-of": "shallow", "at-least": 5},
                    {"trial": "shallow", "above": "deep", "by": 0.1}]}
        """;

    @Test
    void aTrialTakesWhatItLeavesOutFromTheBase() {
        Setting setting = Setting.parse("gcn", TEXT);
        assertThat(setting.seeds()).isEqualTo(3);
        Trial shallow = setting.trial("shallow");
        assertThat(shallow.options()).isEqualTo(Map.of("layers", "2", "dropout", "0.5"));
        assertThat(shallow.training()).isEmpty();
        assertThat(shallow.metric()).isEqualTo(Metric.ACCURACY);
        assertThat(shallow.published()).hasValue(0.815);
        Trial deep = setting.trial("deep");
        assertThat(deep.options()).isEqualTo(Map.of("layers", "10", "dropout", "0.5"));
        assertThat(deep.training()).isEqualTo(Map.of("epochs", "50"));
        assertThat(deep.metric()).isEqualTo(Metric.F1_MACRO);
        assertThat(deep.published()).isEmpty();
        assertThat(setting.checks())
                .containsExactly(
                        new AtLeast("shallow", 0.8),
                        new AtMost("deep", 0.7),
                        new Slower("deep", "shallow", 5),
                        new Above("shallow", "deep", 0.1));
    }

    @Test
    void checksAreThoseOfWhichAllTrialsAreThere() {
        Setting setting = Setting.parse("gcn", TEXT);
        Measured eighty = measured(0.8);
        assertThat(Verdict.of(setting, Map.of("shallow", eighty)))
                .containsExactly(new Verdict(new AtLeast("shallow", 0.8), true));
        Measured seventyFive = measured(0.7, 0.8);
        assertThat(Verdict.of(setting, Map.of("shallow", eighty, "deep", seventyFive)))
                .extracting(Verdict::pass)
                .containsExactly(true, false, false, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"seeds\": 3              | \"seeds\": 0                | seeds",
                "\"seeds\": 3              | \"sedes\": 3                | unknown field sedes",
                "\"method\": \"gcn\"       | \"methods\": \"gcn\"        | unknown field methods",
                "\"epochs\": 50}           | \"epochs\": 50}, \"x\": 1   | unknown field x",
                "\"method\": \"gcn\",      | ''                          | needs a method",
                "\"split\": \"public\",    | ''                          | needs a split",
                "\"from\": \"section 5\",  | ''                          | where its options are from",
                "\"source\": \"table 2\"   | \"source\": \"\"            | published value with its source",
                "\"at-least\": 0.8         | \"at-least\": \"0.8\"       | not a number",
                "\"at-least\": 0.8         | \"over\": 0.8               | no check has the fields",
                "\"above\": \"deep\"       | \"above\": \"sea\"          | the trials of",
                "\"metric\": \"f1-macro\"  | \"metric\": \"f1-macros\"   | metric",
                "\"by\": 0.1}]}            | \"by\": 0.1}]}}             | settings/gcn.json",
                "\"by\": 0.1}]}            | \"by\": 0.1}], \"seeds\": 4} | Duplicate",
                "\"trials\"                | \"trails\"                  | unknown field trails",
            })
    void whatIsNoSettingIsRefusedWithItsPlace(String written, String instead, String message) {
        assertThat(TEXT).contains(written);
        assertThatThrownBy(() -> Setting.parse("gcn", TEXT.replace(written, instead)))
                .isInstanceOfAny(IllegalArgumentException.class, InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theFingerprintIsOfWhatDecidesTheOutcome() {
        String shallow = Setting.parse("gcn", TEXT).trial("shallow").fingerprint();
        assertThat(shallow).matches("[0-9a-f]{16}");
        assertThat(after("table 2", "table 3")).isEqualTo(shallow);
        assertThat(after("section 5", "section 6")).isEqualTo(shallow);
        assertThat(after("\"dropout\": 0.5", "\"dropout\": 0.6")).isNotEqualTo(shallow);
        assertThat(after("\"data\": \"cora\"", "\"data\": \"citeseer\"")).isNotEqualTo(shallow);
        assertThat(after("\"split\": \"public\"", "\"split\": \"random\"")).isNotEqualTo(shallow);
        assertThat(after("\"method\": \"gcn\"", "\"method\": \"gat\"")).isNotEqualTo(shallow);
    }

    private static String after(String written, String instead) {
        return Setting.parse("gcn", TEXT.replace(written, instead))
                .trial("shallow")
                .fingerprint();
    }

    private static Measured measured(double... values) {
        return new Measured(
                Metric.ACCURACY,
                Arrays.stream(values).mapToObj(x -> new Run(x, 0, 10 * x)).toList());
    }

    @Test
    void aMeanThatEndsAHairBelowItsBoundHasReachedIt() {
        double[] tenTimes =
                Collections.nCopies(10, 0.813).stream().mapToDouble(x -> x).toArray();
        assertThat(new AtLeast("a", 0.813).passes(Map.of("a", measured(tenTimes))))
                .isTrue();
        assertThat(new AtLeast("a", 0.8131).passes(Map.of("a", measured(tenTimes))))
                .isFalse();
        assertThat(new AtMost("a", 0.813).passes(Map.of("a", measured(tenTimes))))
                .isTrue();
        assertThat(new Above("a", "b", 0.1).passes(Map.of("a", measured(0.3), "b", measured(0.2))))
                .isTrue();
        assertThat(new Above("a", "b", -0.01).passes(Map.of("a", measured(0.19), "b", measured(0.2))))
                .isTrue();
        assertThat(new Above("a", "b", -0.01).passes(Map.of("a", measured(0.18), "b", measured(0.2))))
                .isFalse();
        assertThat(new Slower("a", "b", 2).passes(Map.of("a", measured(0.4), "b", measured(0.2))))
                .isTrue();
        assertThat(new Slower("a", "b", 3).passes(Map.of("a", measured(0.4), "b", measured(0.2))))
                .isFalse();
        // 1, 3 and 8 seconds: the middle one counts, not the mean of 4
        assertThat(new Slower("a", "b", 2.5).passes(Map.of("a", measured(0.8), "b", measured(0.1, 0.3, 0.8))))
                .isTrue();
        assertThat(new Slower("a", "b", 3).passes(Map.of("a", measured(0.8), "b", measured(0.1, 0.3, 0.8))))
                .isFalse();
        assertThat(new Slower("a", "b", 4).passes(Map.of("a", measured(0.8), "b", measured(0.1, 0.3))))
                .isTrue();
    }

    @Test
    void checksReadLikeSentences() {
        assertThat(new AtLeast("a", 0.8125).text(Metric.ACCURACY)).isEqualTo("at least 81.25");
        assertThat(new AtMost("a", 0.7).text(Metric.AUROC)).isEqualTo("at most 70.0");
        assertThat(new AtMost("a", 0.7).text(Metric.MAE)).isEqualTo("at most 0.7000");
        assertThat(new Above("a", "b", 0.05).text(Metric.ACCURACY)).isEqualTo("at least 5.0 above that of b");
        assertThat(new Above("a", "b", -0.01).text(Metric.ACCURACY)).isEqualTo("at most 1.0 below that of b");
        assertThat(new Above("a", "b", 0).text(Metric.ACCURACY)).isEqualTo("not below that of b");
    }

    @Test
    void meanAndDeviationAreThoseOfASample() {
        assertThat(measured(0.80, 0.82, 0.84).text()).isEqualTo("82.0 ± 2.0");
        assertThat(measured(0.8126).text()).isEqualTo("81.26");
        assertThat(measured(0.1, 0.3).seconds()).isCloseTo(2, within(1e-12));
        assertThatIllegalArgumentException().isThrownBy(() -> measured());
    }
}
