package dev.hypha.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void numbersStandRightAndTextLeft() {
        String text = new Columns()
                .row("model", "auroc", "note")
                .row("graph", "0.812", "")
                .row("constant", "10.5", "none")
                .text();
        assertThat(text.lines())
                .containsExactly(
                        "model     auroc  note", //
                        "graph     0.812",
                        "constant   10.5  none");
    }
}
