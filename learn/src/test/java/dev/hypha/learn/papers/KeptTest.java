package dev.hypha.learn.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.papers.Measured.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptTest {
    private static final String PROGRAM = "hypha 0.1.0 (84ceb0f1d2c3)";
    private static final Trial TRIAL = ReproductionTest.SETTING.trial("cora");

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("runs/gcn.json");
    }

    @Test
    void whatIsKeptIsThereForTheSameProgramTrialAndSeed() {
        Run run = new Run(0.1 + 0.2, 1 / 3.0, 1e-9);
        Kept.fresh(file(), ReproductionTest.SETTING, PROGRAM).keep(TRIAL, 7, run);
        Kept resumed = Kept.resumed(file(), ReproductionTest.SETTING, PROGRAM);
        assertThat(resumed.run(TRIAL, 7)).hasValue(run);
        assertThat(resumed.run(TRIAL, 8)).isEmpty();
        assertThat(resumed.run(ReproductionTest.SETTING.trial("citeseer"), 7)).isEmpty();
        assertThat(Kept.resumed(file(), ReproductionTest.SETTING, PROGRAM + ", dirty")
                        .run(TRIAL, 7))
                .isEmpty();
        assertThat(Kept.fresh(file(), ReproductionTest.SETTING, PROGRAM).run(TRIAL, 7))
                .isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNothingDone() {
        assertThat(Kept.resumed(file(), ReproductionTest.SETTING, PROGRAM).run(TRIAL, 0))
                .isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void aFileOfTheUserOrOfAnotherSettingStaysAsItIs() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "my notes");
        Path other = folder.resolve("other.json");
        Kept.fresh(other, Settings.named("sgc"), PROGRAM).keep(TRIAL, 0, new Run(0.8, 0.7, 1));
        for (Path taken : List.of(notes, other)) {
            byte[] before = Files.readAllBytes(taken);
            assertThatThrownBy(() -> Kept.fresh(taken, ReproductionTest.SETTING, PROGRAM))
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.kind()).isEqualTo("out-exists"));
            assertThat(taken).hasBinaryContent(before);
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedAndNothingIsLeftThere() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "my notes");
        for (Path bad : List.of(folder, notes.resolve("gcn.json"))) {
            assertThatThrownBy(() -> Kept.fresh(bad, ReproductionTest.SETTING, PROGRAM))
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.kind()).isEqualTo("unwritable"));
        }
        Kept.fresh(folder.resolve("gcn.json"), ReproductionTest.SETTING, PROGRAM);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(notes);
        }
    }

    @Test
    void aPlaceThatCanNoLongerBeWrittenLeavesNothingHalf() throws IOException {
        Kept kept = Kept.fresh(file(), ReproductionTest.SETTING, PROGRAM);
        Files.createDirectories(file().resolve("in the way"));
        assertThatThrownBy(() -> kept.keep(TRIAL, 0, new Run(0.8, 0.7, 1))).isInstanceOf(InputException.class);
        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void eachRunAddsToThoseBeforeAndNothingElseIsLeft() throws IOException {
        for (int seed = 0; seed < 3; seed++) {
            Kept.resumed(file(), ReproductionTest.SETTING, PROGRAM).keep(TRIAL, seed, new Run(seed, 0, 0));
        }
        Kept resumed = Kept.resumed(file(), ReproductionTest.SETTING, PROGRAM);
        for (int seed = 0; seed < 3; seed++) {
            assertThat(resumed.run(TRIAL, seed)).hasValue(new Run(seed, 0, 0));
        }
        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    /// Bytes outside the runs and the checksum may change without harm: those are of another program then.
    @Test
    void aFileThatWasCutOrChangedIsRefusedOrCountsForNothing() throws IOException {
        Kept.fresh(file(), ReproductionTest.SETTING, PROGRAM).keep(TRIAL, 0, new Run(0.8, 0.7, 1));
        String text = Files.readString(file());
        for (int length = 0; length < text.length() - 1; length++) {
            Files.writeString(file(), text.substring(0, length));
            assertThatThrownBy(() -> Kept.resumed(file(), ReproductionTest.SETTING, PROGRAM))
                    .as("cut to %d characters", length)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("gcn.json");
        }
        for (int at = 0; at < text.length() - 1; at++) {
            char other = text.charAt(at) == '3' ? '4' : '3';
            Files.writeString(file(), text.substring(0, at) + other + text.substring(at + 1));
            assertThat(runIfRead()).as("changed at %d of %s", at, text).isEqualTo(0.8);
        }
    }

    /// The test value of seed 0 as read, 0.8 where nothing was.
    private double runIfRead() {
        try {
            return Kept.resumed(file(), ReproductionTest.SETTING, PROGRAM)
                    .run(TRIAL, 0)
                    .map(Run::test)
                    .orElse(0.8);
        } catch (InputException refused) {
            return 0.8;
        }
    }
}
