package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.of("plain", 1);

    @AfterEach
    void free() {
        memory.close();
        provider.close();
    }

    private void step(Workspace workspace, int rows) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor x = tape.constant(rows, 100, new float[rows * 100]);
            x.relu().plus(x).sum();
        }
    }

    @Test
    void aStepAllocatesNothingAfterTheLargestHasRun() {
        try (Workspace workspace = new Workspace(memory)) {
            step(workspace, 20_000);
            step(workspace, 20_000);
            long peak = memory.peak();
            long live = memory.live();
            for (int i = 1; i < 50; i++) step(workspace, 400 * i);
            assertThat(memory.live()).isEqualTo(live);
            assertThat(memory.peak()).isEqualTo(peak);
            assertThat(workspace.peak()).isBetween(3L * 20_000 * 100 * 4, peak);
        }
        assertThat(memory.live()).isZero();
    }

    @Test
    void nearTheLimitItTakesOnlyWhatIsNeeded() {
        try (Memory small = new Memory(10 << 20);
                Workspace workspace = new Workspace(small);
                Tape tape = new Tape(provider, workspace, false)) {
            for (int i = 0; i < 9; i++) tape.allocate(1 << 18, 1);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 2; i++) tape.allocate(1 << 18, 1);
                    })
                    .isInstanceOf(MemoryLimitException.class);
            assertThat(small.live()).isLessThanOrEqualTo(10 << 20);
        }
    }

    @Test
    void servesOneTapeAtATime() {
        try (Workspace workspace = new Workspace(memory)) {
            Tape first = new Tape(provider, workspace, false);
            assertThatThrownBy(() -> new Tape(provider, workspace, false)).isInstanceOf(IllegalStateException.class);
            first.close();
            first.close();
            new Tape(provider, workspace, false).close();
        }
    }

    @Test
    void aClosedTapeIsNotRead() {
        try (Workspace workspace = new Workspace(memory)) {
            Tape tape = new Tape(provider, workspace, false);
            Tensor x = tape.constant(1, 1, 5);
            assertThat(x.number()).isEqualTo(5);
            tape.close();
            assertThatThrownBy(x::value).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(x::relu).isInstanceOf(IllegalStateException.class);
        }
    }
}
