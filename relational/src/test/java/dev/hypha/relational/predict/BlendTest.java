package dev.hypha.relational.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.task.Split;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BlendTest {
    private static final int ROWS = 400;

    private final float[] label = new float[ROWS];
    private final int[] rows = IntStream.range(0, ROWS).toArray();
    private final SplittableRandom random = new SplittableRandom(7);

    private SeedTable seeds() {
        Split[] split = new Split[ROWS];
        Arrays.fill(split, Split.VALIDATION);
        for (int i = 0; i < ROWS; i++) {
            label[i] = i % 2;
        }
        return new SeedTable(
                "t", TaskKind.BINARY, rows, new long[ROWS], new long[ROWS], split, label, new int[0][], List.of());
    }

    /// Scores of rows that follow their labels as far as the noise lets them.
    private float[] guess(double noise) {
        float[] out = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            out[i] = (float) ((i % 2) * (1 - noise) + noise * random.nextDouble());
        }
        return out;
    }

    @Test
    void equalRivalsAreAveraged() {
        SeedTable seeds = seeds();
        assertThat(Blend.choose(seeds, guess(0.6), guess(0.6), rows, 0.03).graphShare())
                .isEqualTo(0.5);
    }

    @Test
    void aRivalThatKnowsNothingIsLeftOut() {
        SeedTable seeds = seeds();
        float[] noise = guess(1);
        for (int i = 0; i < ROWS; i++) {
            noise[i] *= 20;
        }
        Blend blend = Blend.choose(seeds, noise, guess(0.55), rows, 0.03);
        assertThat(blend.graphShare()).isZero();
        assertThat(blend.model()).isEqualTo("trees");
    }

    @Test
    void mixesByItsShare() {
        assertThat(Blend.mix(new float[] {1, 0}, new float[] {0, 1}, 0.25)).containsExactly(0.25f, 0.75f);
    }
}
