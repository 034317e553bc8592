package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.Ran;
import dev.hypha.relational.predict.Predict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HyphaTest {
    static Stream<String> verbs() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Hypha.commandLine(nowhere, nowhere, Predict::run).getSubcommands().keySet().stream();
    }

    @Test
    void withoutAVerbTheHelpIsShown() {
        Ran ran = Ran.hypha();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Verbs:", "hypha demo");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void versionIsOneLine() {
        Ran ran = Ran.hypha("--version");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines()).singleElement().asString().matches("hypha \\S+ \\(.+\\)");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbTeachesWithTwoExamples(String verb) {
        Ran ran = Ran.hypha(verb, "--help");
        assertThat(ran.exit()).isZero();
        String examples = ran.out().substring(ran.out().indexOf("Examples:"));
        assertThat(examples.lines().filter(line -> line.startsWith("  hypha " + verb)))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasTheOptionsThatScriptsRelyOn(String verb) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        CommandLine line = Hypha.commandLine(nowhere, nowhere, Predict::run)
                .getSubcommands()
                .get(verb);
        assertThat(line.getCommandSpec().optionsMap())
                .containsKeys(
                        "--json",
                        "--seed",
                        "--seeds",
                        "--threads",
                        "--memory",
                        "--out",
                        "--quiet",
                        "--estimate",
                        "--resume",
                        "--help");
    }

    /// The list of verbs shows a description's first line.
    @ParameterizedTest
    @MethodSource("verbs")
    void theFirstLineOfADescriptionIsASentence(String verb) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        CommandLine line = Hypha.commandLine(nowhere, nowhere, Predict::run);
        String[] description =
                line.getSubcommands().get(verb).getCommandSpec().usageMessage().description();
        assertThat(description[0]).endsWith(".");
    }

    @Test
    void anEmptyPathIsRefused() {
        for (String[] typed : new String[][] {{"import", ""}, {"import", "f", "--out", ""}, {"info", " "}}) {
            Ran ran = Ran.hypha(typed);
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("empty");
        }
    }

    @Test
    void anOptionThatAVerbHasNoUseForIsNotInItsHelpButDoesNoHarmAtItsDefault() {
        assertThat(Ran.hypha("doctor", "--help").out())
                .doesNotContain("--seed", "--out", "--resume", "--estimate")
                .contains("--threads", "--memory", "--json", "--quiet");
        assertThat(Ran.hypha("generate", "--help").out())
                .doesNotContain("--seeds", "--resume")
                .contains("--seed=N", "--out");
        assertThat(Ran.hypha("predict", "--help").out()).contains("--seed=N", "--seeds=N", "--resume", "--estimate");
        assertThat(Ran.hypha("bench", "--list", "--seeds", "1").exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctro                | unknown-verb        | there is no verb 'doctro' | Did you mean doctor?",
                "frobnicate            | unknown-verb        | there is no verb          | --help",
                "demo --bogus          | unknown-option      | no option --bogus         | See 'hypha demo --help'",
                "demo --sead 3         | unknown-option      | no option --sead          | --seed",
                "doctor --sead 3       | unknown-option      | no option --sead          | See 'hypha doctor --help'",
                "doctor --memroy=3g    | unknown-option      | no option --memroy=3g     | --memory",
                "doctor here           | unexpected-argument | 'here'                    | See 'hypha doctor --help'",
                "check a b             | unexpected-argument | 'b'                       | See 'hypha check --help'",
                "predict a b c         | unexpected-argument | 'c'                       | quotes",
                "doctor --threads 9999999 | bad-option       | --threads is 9999999      | from 1 to 1024",
                "doctor --memory lots  | bad-option          | 'lots'                    | --help",
                "doctor --seed x       | bad-option          | --seed                    | --help",
                "doctor --seed         | missing-argument    | N                         | --help",
                "doctor --threads 0    | bad-option          | --threads is 0            | from 1 to 1024",
                "demo --seeds -2       | bad-option          | --seeds is -2             | at least 1",
                "doctor --resume       | unused-option       | has no use for --resume   | Leave it out",
                "info g --seeds 3      | unused-option       | has no use for --seeds    | Leave it out",
                "check g --seed 3      | unused-option       | has no use for --seed     | Leave it out",
                "import f --resume     | unused-option       | has no use for --resume   | Leave it out",
                "generate x --seeds 2  | unused-option       | has no use for --seeds    | Leave it out",
                "schema d --estimate   | unused-option       | has no use for --estimate | Leave it out",
                "bench --out f         | unused-option       | has no use for --out      | Leave it out",
            })
    void aMistypedCommandIsAnsweredWithPlaceAndRemedy(String typed, String kind, String message, String hint) {
        Ran text = Ran.hypha(typed.split(" ", -1));
        assertThat(text.exit()).isEqualTo(2);
        assertThat(text.out()).isEmpty();
        assertThat(text.err().lines()).hasSize(1);
        assertThat(text.err()).startsWith("hypha: ").contains(message, hint);

        Ran json = Ran.hypha(typed.replaceFirst("^(\\S+)", "$1 --json").split(" ", -1));
        assertThat(json.exit()).isEqualTo(2);
        JsonNode error = json.json().get("error");
        assertThat(error.get("kind").asText()).isEqualTo(kind);
        assertThat(error.get("message").asText()).contains(message);
        assertThat(error.get("where").isObject()).isTrue();
        assertThat(error.get("hint").asText()).contains(hint);
    }
}
