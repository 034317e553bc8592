package dev.hypha.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.app.terminal.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void aResultThatDoesNotArriveIsSaid() {
        assertThat(said(new ByteArrayOutputStream())).isEmpty();
        assertThat(said(failing("Broken pipe"))).isEmpty();
        assertThat(said(failing("No space left on device")))
                .contains("cannot be written to standard output: No space left on device")
                .endsWith("\n");
    }

    private static String said(OutputStream to) {
        StandardOutput output = new StandardOutput(to);
        StringWriter err = new StringWriter();
        PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
        assertThat(Main.run(out, new PrintWriter(err), "--version")).isZero();
        out.flush();
        assertThat(Main.arrived(output, new PrintWriter(err, true)))
                .isEqualTo(err.toString().isEmpty());
        return err.toString();
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
