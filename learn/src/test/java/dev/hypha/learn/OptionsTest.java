package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    enum Reduce {
        MEAN,
        SUM_ALL
    }

    record Method(
            @Option(def = "128", help = "width", min = 1, max = 4096)
            int channels,

            @Option(def = "0.5", help = "share", min = 0, max = 0.99)
            double dropout,

            @Option(def = "true", help = "skip") boolean residual,
            @Option(def = "mean", help = "how") Reduce reduceBy,

            @Option(def = "64,32", help = "neighbors", unit = "nodes", min = -1)
            List<Integer> fanOut,

            @Option(def = "7", help = "key") long key) {
        Method {
            Options.check(Method.class, channels, dropout, residual, reduceBy, fanOut, key);
        }
    }

    @Test
    void defaultsAreReadFromTheAnnotations() {
        assertThat(Options.defaults(Method.class))
                .isEqualTo(new Method(128, 0.5, true, Reduce.MEAN, List.of(64, 32), 7));
    }

    @Test
    void givenValuesReplaceDefaultsAndAreWrittenBack() {
        Map<String, String> given =
                Map.of("channels", "16", "reduce-by", "sum-all", "fan-out", " 8, -1", "residual", "FALSE");
        Method made = Options.read(Method.class, given);
        assertThat(made).isEqualTo(new Method(16, 0.5, false, Reduce.SUM_ALL, List.of(8, -1), 7));
        assertThat(Options.read(Method.class, Options.written(made))).isEqualTo(made);
        assertThat(Options.written(made).keySet())
                .containsExactly("channels", "dropout", "residual", "reduce-by", "fan-out", "key");
    }

    record Shared(
            @Option(def = "2", help = "layers", min = 1, max = 9)
            int layers,

            @Option(def = "false", help = "skip") boolean residual) {
        Shared {
            Options.check(Shared.class, layers, residual);
        }
    }

    record Sharing(
            @Option(def = "8", help = "width", min = 1) int hidden, Shared shared) {
        Sharing {
            Options.check(Sharing.class, hidden, shared);
        }
    }

    record Twice(@Option(def = "1", help = "layers") int layers, Shared shared) {}

    @Test
    void optionsOfARecordWithinAreOptionsOfTheWhole() {
        assertThat(Options.defaults(Sharing.class)).isEqualTo(new Sharing(8, new Shared(2, false)));
        Sharing made = Options.read(Sharing.class, Map.of("layers", "3", "hidden", "4", "residual", "true"));
        assertThat(made).isEqualTo(new Sharing(4, new Shared(3, true)));
        assertThat(Options.of(Sharing.class).stream().map(Options.Entry::name))
                .containsExactly("hidden", "layers", "residual");
        assertThat(Options.written(made)).isEqualTo(Map.of("hidden", "4", "layers", "3", "residual", "true"));
        assertThat(Options.read(Sharing.class, Options.written(made))).isEqualTo(made);
        assertThatThrownBy(() -> Options.read(Sharing.class, Map.of("layers", "10")))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.getMessage()).contains("--layers"));
        assertThatThrownBy(() -> Options.read(Sharing.class, Map.of("shared", "3")))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Options.of(Twice.class)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listingSaysTypeRangeAndUnit() {
        assertThat(Options.of(Method.class).get(0))
                .isEqualTo(new Options.Entry("channels", "an integer", "128", "", "1 to 4096", "width"));
        assertThat(Options.of(Method.class).get(4).range()).isEqualTo("at least -1");
        assertThat(Options.of(Method.class).get(3).type()).isEqualTo("one of mean, sum-all");
    }

    @Test
    void unknownOptionNamesTheNearest() {
        assertThatThrownBy(() -> Options.read(Method.class, Map.of("fanout", "3")))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.kind()).isEqualTo("unknown-option");
                    assertThat(e.hint()).contains("fan-out");
                    assertThat(e.where()).containsEntry("option", "fanout");
                });
    }

    @Test
    void outsideTheRangeNamesOptionAndRangeAlsoFromCode() {
        assertThatThrownBy(() -> new Method(0, 0.5, true, Reduce.MEAN, List.of(1), 0))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e).hasMessage("Option --channels is 0, outside its range");
                    assertThat(e.hint()).isEqualTo("Give 1 to 4096; the default is 128.");
                });
        assertThatThrownBy(() -> Options.read(Method.class, Map.of("fan-out", "5,-2")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("fan-out is 5,-2");
        assertThatThrownBy(() -> Options.read(Method.class, Map.of("dropout", "NaN")))
                .isInstanceOf(InputException.class);
    }

    @Test
    void wrongKindSaysWhatWasExpected() {
        Map<String, String> wrong =
                Map.of("channels", "many", "dropout", "x", "residual", "yes", "reduce-by", "max", "fan-out", "1,,2");
        wrong.forEach((option, text) -> assertThatThrownBy(() -> Options.read(Method.class, Map.of(option, text)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--" + option)
                .hasMessageContaining("not "));
    }
}
