package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.Ran;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.learn.RunDraft;
import dev.hypha.relational.predict.AskedOutput;
import dev.hypha.relational.predict.AskedTimes;
import dev.hypha.relational.predict.PredictRequest;
import dev.hypha.relational.predict.PredictResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The verbs `predict` and `demo` with a pipeline that only remembers what it was asked.
class PredictCommandTest {
    @TempDir
    Path folder;

    private PredictRequest asked;
    private RunDraft.Pages given;
    private ObjectNode answer = JsonNodeFactory.instance.objectNode();

    private Ran hypha(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Pipeline pipeline = (request, progress, pages) -> {
            asked = request;
            progress.stage("training", 10);
            given = pages;
            return new PredictResult(answer);
        };
        CommandLine line = Hypha.commandLine(new PrintWriter(out), new PrintWriter(err), pipeline);
        return new Ran(line.execute(arguments), out.toString(), err.toString());
    }

    @Test
    void whatIsTypedArrives() {
        Ran ran = hypha(
                "predict",
                "shop.duckdb",
                "PREDICT x",
                "--schema",
                "s.yaml",
                "--val-time",
                "2005-01-01",
                "--test-time",
                "2010-01-01",
                "--step",
                "30 days",
                "--protocol",
                "rolling",
                "--predict-at",
                "2020-02-02",
                "--model",
                "trees",
                "--into",
                "churn",
                "--out",
                "runs/a",
                "--format",
                "csv",
                "--allow-leaks",
                "--seed",
                "4",
                "--seeds",
                "5",
                "--threads",
                "3",
                "--memory",
                "2g",
                "--resume");
        assertThat(ran.exit()).isZero();
        assertThat(asked)
                .isEqualTo(new PredictRequest(
                        "shop.duckdb",
                        Optional.of("PREDICT x"),
                        Optional.of(Path.of("s.yaml")),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        new AskedTimes(
                                Optional.of("2005-01-01"),
                                Optional.of("2010-01-01"),
                                Optional.of("30 days"),
                                Optional.of("rolling"),
                                Optional.of("2020-02-02")),
                        "trees",
                        new AskedOutput(Optional.of("churn"), Optional.of(Path.of("runs/a")), "csv"),
                        true,
                        4,
                        5,
                        3,
                        2L << 30,
                        false,
                        true,
                        Map.of()));
    }

    @Test
    void whatIsNotTypedIsLeftToThePipeline() {
        hypha("predict", "shop.duckdb", "PREDICT x");
        assertThat(asked.model()).isEqualTo("auto");
        assertThat(asked.output().format()).isEqualTo("parquet");
        assertThat(asked.times()).isEqualTo(AskedTimes.CHOSEN);
        assertThat(asked.output().out()).isEmpty();
        assertThat(asked.seeds()).isEqualTo(1);
        assertThat(asked.memoryBytes()).isPositive();
        assertThat(asked.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void theQueryMayStandInAFile() throws IOException {
        Path file = folder.resolve("churn.pq");
        Files.writeString(file, "PREDICT y");
        hypha("predict", "db", "--query-file", file.toString());
        assertThat(asked.query()).contains("PREDICT y");

        Ran missing = hypha("predict", "db", "--query-file", file + "x", "--json");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.json().at("/error/message").asText()).contains("churn.pqx");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(hypha("predict", "db", "--query-file", file.toString()).err())
                .contains("no text in UTF-8");
    }

    @Test
    void twoQueriesAreAMistake() {
        Ran ran = hypha("predict", "db", "PREDICT x", "--labels", "labels.sql");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("more than one of QUERY, --query-file and --labels");
        assertThat(asked).isNull();
    }

    @Test
    void aQueryWithoutQuotesIsExplained() {
        Ran ran = hypha("predict", "db", "PREDICT", "COUNT");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("'COUNT'", "put it in quotes");
    }

    @Test
    void optionsOfTheMethodsArriveByName() {
        PredictCommand command = new PredictCommand((request, progress, pages) -> {
            asked = request;
            return new PredictResult(answer);
        });
        CommandLine line = new CommandLine(command);
        var entry = new Options.Entry("batch-size", "an integer", "256", "rows", "at least 1", "rows per step");
        line.getCommandSpec().addArgGroup(command.methodOptions(Map.of("batch-size", entry)));
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        assertThat(line.execute("db", "PREDICT x", "--quiet", "--batch-size", "64"))
                .isZero();
        assertThat(asked.options()).containsExactly(Map.entry("batch-size", "64"));
        line.execute("--help");
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("Options of the methods:", "rows per step: an integer in rows, at least 1 (default: 256)");
    }

    @Test
    void jsonIsTheAnswerAfterTheHeaderWithoutWhatOnlyTheReportNeeds() {
        answer.put("query", "PREDICT x").putObject("report").put("bestEpoch", 3);
        Ran ran = hypha("predict", "db", "PREDICT x", "--json");
        JsonNode json = ran.json();
        assertThat(json.get("command").asText()).isEqualTo("predict");
        assertThat(json.get("query").asText()).isEqualTo("PREDICT x");
        assertThat(json.has("report")).isFalse();
        assertThat(ran.err()).contains("training ...");
    }

    @Test
    void aRunIsGivenItsPagesAndTheReportIsTold() throws IOException {
        Files.writeString(folder.resolve("report.html"), "made by the pipeline");
        answer.put("query", "PREDICT x").put("run", folder.toString());
        JsonNode json = hypha("predict", "db", "PREDICT x", "--json", "--quiet").json();
        assertThat(json.get("report").asText())
                .isEqualTo(folder.resolve("report.html").toString());
        ObjectNode run = given.complete(answer);
        assertThat(run.propertyStream().map(Map.Entry::getKey)).contains("hypha", "arguments");
        assertThat(given.of(run).get("report.html")).contains("./hypha predict db 'PREDICT x' --json --quiet");
        assertThat(given.of(run)).containsOnlyKeys("report.html", "model-card.md");
    }

    @Test
    void peopleSeeATableAndWhereThingsAre() {
        answer.put("task", "binary").put("model", "graph").put("predictions", "churn");
        answer.putObject("rows").put("train", 4000).put("test", 900);
        spread(answer.putObject("metrics").putObject("test"), 0.85);
        spread(answer.putObject("baselines").putObject("constant"), 0.5);
        answer.putObject("report").putArray("sentences").add("Protocol frozen: nothing later is seen.");
        assertThat(hypha("predict", "db", "PREDICT x", "--into", "churn").out().lines())
                .containsExactly(
                        "rows: train 4,000, test 900",
                        "",
                        "test rows                     AUROC",
                        "this model: graph model       0.850",
                        "the same answer for everyone  0.500",
                        "",
                        "Protocol frozen: nothing later is seen.",
                        "",
                        "predictions  table churn");
    }

    private static void spread(ObjectNode metrics, double mean) {
        metrics.putObject("auroc")
                .put("mean", mean)
                .put("sd", 0)
                .putArray("values")
                .add(mean);
    }

    @Test
    void anErrorOfThePipelineIsTheUsers() {
        Pipeline broken = (request, progress, pages) -> {
            throw new InputException(
                    "unknown-table", "there is no table order", Map.of("column", 15), "Did you mean orders?");
        };
        StringWriter err = new StringWriter();
        CommandLine line = Hypha.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err), broken);
        assertThat(line.execute("predict", "db", "PREDICT x")).isEqualTo(2);
        assertThat(err.toString()).contains("hypha: there is no table order (column 15). Did you mean orders?");
    }

    @Test
    void theDemoMakesItsShopAndAsks() {
        Ran ran = hypha("demo", "--out", folder.toString(), "--json");
        assertThat(ran.exit()).isZero();
        assertThat(folder.resolve("shop.duckdb")).isNotEmptyFile();
        assertThat(asked.database()).isEqualTo(folder.resolve("shop.duckdb").toString());
        assertThat(asked.query().orElseThrow()).startsWith("PREDICT COUNT(orders.*");
        assertThat(asked.output().into()).contains("churn");
        assertThat(asked.output().out()).contains(folder.resolve("run"));
        assertThat(ran.json().get("command").asText()).isEqualTo("demo");
    }
}
