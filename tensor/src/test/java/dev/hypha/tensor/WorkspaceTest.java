package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.of("plain", 1);
    private final KernelProvider dry = provider.dry();

    @AfterEach
    void free() {
        memory.close();
        provider.close();
    }

    private void step(Workspace workspace, int rows) {
        step(provider, workspace, rows);
    }

    private static void step(KernelProvider on, Workspace workspace, int rows) {
        try (Tape tape = new Tape(on, workspace, false)) {
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
    void whatIsGivenBackServesTheNextRequestOfItsSizeAlone() {
        try (Workspace workspace = new Workspace(memory)) {
            workspace.open();
            MemorySegment first = workspace.take(1000);
            MemorySegment second = workspace.take(1000);
            workspace.give(first);
            assertThat(workspace.take(2000).address()).isNotEqualTo(first.address());
            assertThat(workspace.take(900).address()).isNotEqualTo(first.address());
            MemorySegment again = workspace.take(1020);
            assertThat(again.address())
                    .as("1000 and 1020 are both rounded to 1024")
                    .isEqualTo(first.address());
            assertThat(again.byteSize()).isEqualTo(1020);
            assertThat(workspace.take(1000).address()).isNotIn(first.address(), second.address());
        }
    }

    @Test
    void countsWhatIsUsedAtOneMomentAndWhatHadToBeLaidOut() {
        try (Workspace workspace = new Workspace(memory)) {
            workspace.open();
            MemorySegment small = workspace.take(64);
            workspace.take(1); // rounded to 64
            workspace.give(small);
            workspace.take(640);
            assertThat(workspace.peak()).isEqualTo(64 + 640);
            assertThat(workspace.extent()).isEqualTo(64 + 64 + 640);
            workspace.take(64);
            assertThat(workspace.peak()).isEqualTo(64 + 64 + 640);
            assertThat(workspace.extent()).isEqualTo(64 + 64 + 640);
            workspace.release();
            workspace.open();
            workspace.take(64);
            assertThat(workspace.extent()).as("of the largest tape").isEqualTo(64 + 64 + 640);
        }
    }

    @Test
    void refusesMemoryThatItHasNotLentOrHasBack() {
        try (Workspace workspace = new Workspace(memory);
                Workspace other = new Workspace(memory)) {
            workspace.open();
            MemorySegment piece = workspace.take(100);
            MemorySegment foreign = other.take(100);
            assertThatThrownBy(() -> workspace.give(foreign)).isInstanceOf(IllegalArgumentException.class);
            workspace.give(piece);
            assertThatThrownBy(() -> workspace.give(piece)).isInstanceOf(IllegalStateException.class);
            assertThat(workspace.take(100).address()).isEqualTo(piece.address());
            assertThat(workspace.take(100).address()).isNotEqualTo(piece.address());
        }
    }

    @Test
    void holdsWhatWasReservedAndNoMore() {
        try (Memory counted = Memory.unlimited();
                Workspace trial = new Workspace(Memory.counting());
                Workspace workspace = new Workspace(counted)) {
            step(dry, trial, 5_000);
            assertThat(counted.allocations()).isZero();
            workspace.reserve(trial.extent());
            step(provider, workspace, 5_000);
            step(provider, workspace, 100);
            assertThat(counted.allocations()).isEqualTo(1);
            assertThat(counted.peak()).isEqualTo(workspace.peak()).isEqualTo(trial.extent());
            workspace.reserve(10);
            assertThat(workspace.bytes()).isEqualTo(trial.extent());
        }
    }

    @Test
    void growsByLittleMoreThanIsWanted() {
        try (Workspace workspace = new Workspace(memory)) {
            workspace.open();
            for (int i = 0; i < 10_000; i++) {
                workspace.take(1 << 10);
                assertThat(workspace.bytes()).isLessThanOrEqualTo((long) (1.15 * workspace.extent()) + 4096);
            }
            assertThat(memory.allocations()).isLessThan(200);
            workspace.release();
            workspace.open();
            workspace.take(1);
            assertThat(workspace.bytes()).as("in one piece").isEqualTo(10_000 << 10);
        }
    }

    @Test
    void aTrialTakesNoMemoryAndItsElementsAreNotRead() {
        try (Memory counting = Memory.counting();
                Workspace trial = new Workspace(counting);
                Tape tape = new Tape(dry, trial, false)) {
            Tensor huge = tape.constant(Matrix.of(counting, Purpose.FEATURES, 1 << 20, 1 << 10));
            Tensor sum = huge.times(tape.constant(Matrix.of(counting, Purpose.FEATURES, 1 << 10, 1 << 10)));
            assertThat(trial.peak()).isEqualTo(4L << 30);
            assertThat(counting.peak(Purpose.FEATURES)).isEqualTo(4L * (1 << 30) + 4 * (1 << 20));
            assertThatThrownBy(() -> sum.value().get(0, 0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> sum.value().address()).isInstanceOf(IllegalStateException.class);
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
