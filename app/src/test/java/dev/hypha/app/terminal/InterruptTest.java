package dev.hypha.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class InterruptTest {
    /// A command that waits for a minute, or ends at once with `done`.
    static final class Waiting {
        public static void main(String[] arguments) throws InterruptedException {
            PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            Interrupt interrupt = Interrupt.says(err, () -> "stopped; --resume goes on");
            System.out.println("waiting");
            if (arguments.length == 0) {
                Thread.sleep(60_000);
            }
            interrupt.over();
            System.exit(7);
        }
    }

    private static Process start(String... arguments) throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName());
        java.command().addAll(List.of(arguments));
        return java.start();
    }

    @Test
    void ctrlCSaysHowToGoOnAndExitsWith130() throws Exception {
        Process process = start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("waiting");
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .containsOnlyOnce("stopped; --resume goes on");
    }

    @Test
    void aFinishedCommandSaysNothing() throws Exception {
        Process process = start("done");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(7);
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }
}
