package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hypha.app.Ran;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class VerbTest {
    /// A verb that does what the test says.
    @Command(name = "try")
    static final class Try extends Verb {
        final Callable<Answer> work;

        Try(Callable<Answer> work) {
            this.work = work;
        }

        @Override
        Answer answer(Progress progress) throws Exception {
            progress.stage("trying", 2);
            progress.note("a note");
            progress.warn("a warning");
            return work.call();
        }
    }

    static Ran ran(Callable<Answer> work, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new Try(work));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ran(line.execute(arguments), out.toString(), err.toString());
    }

    static Answer done() {
        return new Answer(JsonNodeFactory.instance.objectNode().put("x", 1), "x is 1");
    }

    @Test
    void theResultAloneIsOnStandardOutput() {
        Ran text = ran(VerbTest::done);
        assertThat(text.exit()).isZero();
        assertThat(text.out().lines()).containsExactly("x is 1");
        assertThat(text.err().lines()).containsExactly("trying ...", "a note", "warning: a warning");
    }

    @Test
    void quietSaysNothing() {
        assertThat(ran(VerbTest::done, "--quiet").err()).isEmpty();
    }

    @Test
    void everyObjectStartsWithTheHeader() {
        JsonNode object = ran(VerbTest::done, "--json", "--threads", "3").json();
        assertThat(object.fieldNames())
                .toIterable()
                .containsExactly("hypha", "command", "kernels", "threads", "seconds", "peakBytes", "x");
        assertThat(object.get("hypha").fieldNames()).toIterable().containsExactly("version", "revision", "dirty");
        assertThat(object.get("command").asText()).isEqualTo("try");
        assertThat(object.get("threads").asInt()).isEqualTo(3);
        assertThat(object.get("seconds").asDouble()).isBetween(0.0, 60.0);
        assertThat(object.get("peakBytes").asLong()).isGreaterThan(1 << 20);
    }

    @Test
    void aShortCheckExitsWithThree() {
        assertThat(ran(() -> new Answer(JsonNodeFactory.instance.objectNode(), "", 3))
                        .exit())
                .isEqualTo(3);
    }

    @Test
    void theUsersMistakeIsFoundBelowOtherExceptions() throws IOException {
        InputException mistake = new InputException(
                "unknown-column",
                "there is no column statusIdd in results",
                Map.of("table", "results", "file", "a.csv", "line", 7),
                "Did you mean statusId?");
        Ran text = ran(() -> {
            throw new ExecutionException(new IllegalStateException(mistake));
        });
        assertThat(text.exit()).isEqualTo(2);
        assertThat(text.out()).isEmpty();
        assertThat(text.err())
                .endsWith("hypha: there is no column statusIdd in results (file a.csv, line 7). Did you mean"
                        + " statusId?\n");

        Ran json = ran(
                () -> {
                    throw mistake;
                },
                "--json");
        assertThat(json.exit()).isEqualTo(2);
        assertThat(json.json()).isEqualTo(new ObjectMapper().readTree("""
            {"error": {"kind": "unknown-column", "message": "there is no column statusIdd in results",
            "where": {"file": "a.csv", "line": 7, "table": "results"}, "hint": "Did you mean statusId?"}}\
            """));
    }

    @Test
    void anUnexpectedExceptionLeavesItsTraceInAFile() throws IOException {
        Ran ran = ran(
                () -> {
                    throw new IllegalStateException("the third wheel");
                },
                "--json",
                "--quiet");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        JsonNode error = ran.json().get("error");
        assertThat(error.get("message").asText()).contains("IllegalStateException", "the third wheel");
        Path trace = Path.of(error.at("/where/trace").asText());
        assertThat(Files.readString(trace)).contains("at dev.hypha.app.command.VerbTest");
        Files.delete(trace);
    }

    @Test
    void debugShowsTheTrace() throws IOException {
        Ran ran = ran(
                () -> {
                    throw new IllegalStateException("the third wheel");
                },
                "--debug");
        assertThat(ran.err()).contains("at dev.hypha.app.command.VerbTest", "(trace ");
        Files.delete(Path.of(ran.err().replaceAll("(?s).*\\(trace (.*?)\\).*", "$1")));
    }

    @Test
    void aFullDiskAndAFullHeapAreSaidInWords() {
        Ran disk = ran(() -> {
            throw new UncheckedIOException(new IOException("No space left on device"));
        });
        assertThat(disk.exit()).isEqualTo(2);
        assertThat(disk.err()).contains("the disk is full: " + System.getProperty("java.io.tmpdir"), "Free some space");
        Ran large = ran(() -> {
            throw new UncheckedIOException(new IOException("File too large"));
        });
        assertThat(large.exit()).isEqualTo(2);
        assertThat(large.err()).contains("a file may not grow as large here. Raise the limit");
        assertThat(Failure.of(new IOException("No space left on device"), "", Path.of("there"))
                        .message())
                .isEqualTo("the disk is full: there cannot be written");
        Ran heap = ran(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(heap.exit()).isEqualTo(1);
        assertThat(heap.err()).contains("heap is full").containsIgnoringCase("read less: fewer tables");
    }

    @Test
    void aLargerHeapIsAdvisedWhereTheMachineHasOne() {
        long gibibyte = 1L << 30;
        assertThat(Failure.heapRemedy(3 * gibibyte, 24 * gibibyte, Failure.SMALLER))
                .contains("HYPHA_JAVA_OPTS=-Xmx6g, or read less");
        assertThat(Failure.heapRemedy(5 * gibibyte / 2, 24 * gibibyte, Failure.SMALLER))
                .contains("-Xmx6g");
        assertThat(Failure.heapRemedy(10 * gibibyte, 16 * gibibyte, Failure.SMALLER))
                .contains("-Xmx16g");
        assertThat(Failure.heapRemedy(16 * gibibyte, 16 * gibibyte, Failure.SMALLER))
                .startsWith("read less");
    }
}
