package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            x.relu().plus(x).sum().number();
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
            assertThat(workspace.peak()).isBetween(2L * 20_000 * 100 * 4, peak);
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
    void whatIsGivenBackServesRequestsThatFitBestFirst() {
        try (Workspace workspace = new Workspace(memory)) {
            workspace.reserve(100_000);
            workspace.open();
            MemorySegment large = workspace.take(5000);
            workspace.take(64);
            MemorySegment small = workspace.take(1000);
            MemorySegment last = workspace.take(64);
            workspace.give(large);
            workspace.give(small);
            MemorySegment again = workspace.take(1020);
            assertThat(again.address())
                    .as("1000 and 1020 are both rounded to 1024")
                    .isEqualTo(small.address());
            assertThat(again.byteSize()).isEqualTo(1020);
            assertThat(workspace.take(2000).address()).isEqualTo(large.address());
            assertThat(workspace.take(3000).address()).isEqualTo(large.address() + 2048);
            assertThat(workspace.take(64).address()).as("nothing is left").isEqualTo(last.address() + 64);
        }
    }

    @Test
    void neighborsThatWereGivenBackBecomeOne() {
        try (Workspace workspace = new Workspace(memory)) {
            workspace.reserve(100_000);
            workspace.open();
            MemorySegment[] pieces = new MemorySegment[6];
            for (int i = 0; i < pieces.length; i++) pieces[i] = workspace.take(640);
            for (int i : new int[] {1, 3, 2}) workspace.give(pieces[i]);
            assertThat(workspace.take(3 * 640).address()).isEqualTo(pieces[1].address());
            for (int i : new int[] {4, 5}) workspace.give(pieces[i]);
            assertThat(workspace.take(5000).address()).as("at the end").isEqualTo(pieces[4].address());
            assertThat(workspace.extent()).isEqualTo(4 * 640 + 5056);
        }
    }

    /// Against a map of who has which bytes.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noTwoPiecesShareAByteAndATrialLaysThemOutAlike(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] sizes = random.longs(400, 0, 3000).toArray();
        int[] chosen = random.ints(400, 0, Integer.MAX_VALUE).toArray();
        try (Workspace trial = new Workspace(Memory.counting());
                Workspace grown = new Workspace(memory);
                Workspace held = new Workspace(memory)) {
            play(trial, sizes, chosen);
            long extent = trial.extent();
            held.reserve(extent);
            long allocations = memory.allocations();
            play(held, sizes, chosen);
            assertThat(memory.allocations()).as("seed " + seed).isEqualTo(allocations);
            assertThat(held.extent()).as("seed " + seed).isEqualTo(extent);
            play(grown, sizes, chosen);
            assertThat(grown.peak()).as("seed " + seed).isEqualTo(trial.peak());
        }
    }

    private static void play(Workspace workspace, long[] sizes, int[] chosen) {
        List<MemorySegment> lent = new ArrayList<>();
        workspace.open();
        for (int i = 0; i < sizes.length; i++) {
            MemorySegment taken = workspace.take(sizes[i]);
            assertThat(taken.byteSize()).isEqualTo(sizes[i]);
            for (MemorySegment other : lent) {
                boolean apart = other.address() + other.byteSize() <= taken.address()
                        || taken.address() + taken.byteSize() <= other.address();
                assertThat(apart || taken.byteSize() == 0 || other.byteSize() == 0)
                        .isTrue();
            }
            lent.add(taken);
            if (chosen[i] % 5 < 2) workspace.give(lent.remove(chosen[i] % lent.size()));
        }
        workspace.release();
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
            assertThat(memory.live()).as("in one piece").isEqualTo(workspace.bytes());
            assertThat(workspace.bytes()).isBetween(10_000L << 10, 10_100L << 10);
        }
    }

    @Test
    void aTrialTakesNoMemoryAndItsElementsAreNotRead() {
        try (Memory counting = Memory.counting();
                Workspace trial = new Workspace(counting);
                Tape tape = new Tape(dry, trial, false)) {
            Tensor huge = tape.constant(Matrix.of(counting, Purpose.FEATURES, 1 << 20, 1 << 10));
            Tensor sum = huge.times(tape.constant(Matrix.of(counting, Purpose.FEATURES, 1 << 10, 1 << 10)));
            sum.value();
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
