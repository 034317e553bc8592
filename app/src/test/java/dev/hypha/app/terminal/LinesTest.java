package dev.hypha.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final StringWriter text = new StringWriter();
    private long now;
    private final Lines lines = new Lines(new PrintWriter(text), () -> now);

    private void pass(double seconds) {
        now += (long) (seconds * 1e9);
    }

    @Test
    void speaksAtMostEveryFiveSeconds() {
        lines.stage("training", 100);
        for (int i = 1; i <= 100; i++) {
            pass(0.12);
            lines.at(i, "loss 0.5");
        }
        lines.close();
        assertThat(text.toString().lines())
                .containsExactly(
                        "training ...",
                        "  training: 42/100, loss 0.5",
                        "  training: 84/100, loss 0.5",
                        "  training: done in 12.0 s");
    }

    @Test
    void whatIsSaidAfterAStageStandsAfterIt() {
        lines.stage("reading", -1);
        pass(1.5);
        lines.done();
        lines.note("cora: 2,708 nodes");
        pass(2);
        lines.close();
        assertThat(text.toString().lines())
                .containsExactly("reading ...", "  reading: done in 1.5 s", "cora: 2,708 nodes");
    }

    @Test
    void anUnknownLengthIsCounted() {
        lines.stage("reading", -1);
        pass(6);
        lines.at(12_000, "");
        lines.stage("writing", 3);
        lines.close();
        lines.close();
        assertThat(text.toString().lines())
                .containsExactly("reading ...", "  reading: 12000", "  reading: done in 6.0 s", "writing ...");
    }
}
