package dev.hypha.relational.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.windows.FeatureMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreesTest {
    private static final TreeOptions SMALL = new TreeOptions(80, 20, 0.1, 7, 10, 1, 0.8, 1, 2);

    /// Four features: noise, signal, a category of six, and missing values.
    private static FeatureMatrix features(int rows, long key) {
        SplittableRandom random = new SplittableRandom(key);
        float[] values = new float[rows * 4];
        for (int i = 0; i < rows; i++) {
            values[i * 4] = (float) random.nextDouble();
            values[i * 4 + 1] = (float) random.nextDouble();
            values[i * 4 + 2] = random.nextInt(6);
            values[i * 4 + 3] = random.nextBoolean() ? Float.NaN : 1;
        }
        return new FeatureMatrix(
                List.of("noise", "a b,\"c", "category", "gaps"),
                new boolean[] {false, false, true, false},
                rows,
                values);
    }

    private static Examples examples(FeatureMatrix x, TaskKind kind) {
        int width = kind == TaskKind.MULTILABEL ? 2 : 1;
        float[] labels = new float[x.rows() * width];
        for (int i = 0; i < x.rows(); i++) {
            boolean high = x.get(i, 1) > 0.5;
            boolean even = x.get(i, 2) % 2 == 0;
            switch (kind) {
                case BINARY -> labels[i] = high ? 1 : 0;
                case MULTICLASS -> labels[i] = high ? 0 : even ? 1 : 2;
                case REGRESSION -> labels[i] = (high ? 10 : 0) + (even ? 1 : 0);
                case MULTILABEL -> {
                    labels[2 * i] = high ? 1 : 0;
                    labels[2 * i + 1] = even ? 1 : 0;
                }
                case RANKING -> throw new AssertionError();
            }
        }
        return new Examples(x, labels, new float[0]);
    }

    private static TreeModel fit(TaskKind kind, int classes, int threads) {
        return Trees.fit(
                examples(features(800, 1), kind),
                Optional.of(examples(features(300, 2), kind)),
                kind,
                classes,
                SMALL,
                7,
                threads);
    }

    @Test
    void learnsEveryKindOfTask() {
        FeatureMatrix x = features(300, 3);
        float[] binary = fit(TaskKind.BINARY, 1, 1).predict(x, 1);
        float[] several = fit(TaskKind.MULTICLASS, 3, 1).predict(x, 1);
        float[] sets = fit(TaskKind.MULTILABEL, 2, 1).predict(x, 1);
        float[] number = fit(TaskKind.REGRESSION, 1, 1).predict(x, 1);
        assertThat(several).hasSize(900);
        int wrong = 0;
        for (int i = 0; i < 300; i++) {
            boolean high = x.get(i, 1) > 0.5;
            boolean even = x.get(i, 2) % 2 == 0;
            assertThat(several[3 * i] + several[3 * i + 1] + several[3 * i + 2]).isCloseTo(1, within(1e-5f));
            wrong += binary[i] > 0.5 == high ? 0 : 1;
            wrong += several[3 * i + (high ? 0 : even ? 1 : 2)] > 0.5 ? 0 : 1;
            wrong += sets[2 * i] > 0.5 == high ? 0 : 1;
            wrong += sets[2 * i + 1] > 0.5 == even ? 0 : 1;
            wrong += Math.abs(number[i] - ((high ? 10 : 0) + (even ? 1 : 0))) < 0.5 ? 0 : 1;
        }
        assertThat(wrong).isLessThan(30);
    }

    @Test
    void sameBitsForAnyNumberOfThreads() {
        FeatureMatrix x = features(300, 3);
        assertThat(fit(TaskKind.MULTICLASS, 3, 2).predict(x, 1))
                .isEqualTo(fit(TaskKind.MULTICLASS, 3, 1).predict(x, 2));
    }

    @Test
    void anotherSeedIsAnotherModel() {
        Examples train = examples(features(800, 1), TaskKind.BINARY);
        FeatureMatrix x = features(50, 3);
        float[] one = Trees.fit(train, Optional.empty(), TaskKind.BINARY, 1, SMALL, 1, 1)
                .predict(x, 1);
        float[] two = Trees.fit(train, Optional.empty(), TaskKind.BINARY, 1, SMALL, 2, 1)
                .predict(x, 1);
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void selectionRowsStopTheGrowth() {
        Examples train = examples(features(800, 1), TaskKind.BINARY);
        Examples select = examples(features(300, 2), TaskKind.BINARY);
        float[] flipped = select.labels().clone();
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] = 1 - flipped[i];
        }
        Examples opposite = new Examples(select.features(), flipped, new float[0]);
        assertThat(Trees.fit(train, Optional.empty(), TaskKind.BINARY, 1, SMALL, 1, 1)
                        .rounds())
                .isEqualTo(SMALL.rounds());
        assertThat(Trees.fit(train, Optional.of(opposite), TaskKind.BINARY, 1, SMALL, 1, 1)
                        .rounds())
                .isEqualTo(1);
    }

    /// Grown again on the same rows it is the same model; on others, another of as many rounds.
    @Test
    void refitKeepsTheRounds() {
        Examples train = examples(features(800, 1), TaskKind.MULTICLASS);
        TreeModel chosen = fit(TaskKind.MULTICLASS, 3, 1);
        FeatureMatrix x = features(50, 3);
        assertThat(Trees.refit(chosen, train, SMALL, 7, 1).predict(x, 1)).isEqualTo(chosen.predict(x, 1));
        TreeModel more = Trees.refit(chosen, examples(features(1000, 1), TaskKind.MULTICLASS), SMALL, 7, 1);
        assertThat(more.predict(x, 1)).isNotEqualTo(chosen.predict(x, 1));
        assertThat(more.boosters().stream().map(Booster::rounds).toList())
                .isEqualTo(chosen.boosters().stream().map(Booster::rounds).toList());
    }

    @Test
    void importanceNamesTheSignal() {
        assertThat(fit(TaskKind.BINARY, 1, 1).importance().keySet()).first().isEqualTo("a b,\"c");
        assertThat(fit(TaskKind.BINARY, 1, 1).importance().values().stream()
                        .mapToDouble(v -> v)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void weightsCount() {
        FeatureMatrix all = features(800, 1);
        float[] labels = examples(all, TaskKind.BINARY).labels();
        FeatureMatrix x = all.columns(new int[] {0});
        float[] weights = new float[800];
        for (int i = 0; i < 800; i++) {
            weights[i] = labels[i] == 1 ? 1 : 1e-3f;
        }
        float[] out = Trees.fit(new Examples(x, labels, weights), Optional.empty(), TaskKind.REGRESSION, 1, SMALL, 1, 1)
                .predict(x, 1);
        for (float p : out) {
            assertThat(p).isGreaterThan(0.5f);
        }
    }

    @Test
    void savedAndLoadedPredictTheSameBits(@TempDir Path folder) throws Exception {
        for (TaskKind kind : List.of(TaskKind.BINARY, TaskKind.MULTICLASS, TaskKind.MULTILABEL, TaskKind.REGRESSION)) {
            TreeModel model = fit(kind, kind == TaskKind.MULTICLASS ? 3 : kind == TaskKind.MULTILABEL ? 2 : 1, 1);
            Path file = folder.resolve("trees.json");
            model.save(file);
            TreeModel loaded = TreeModel.load(file);
            FeatureMatrix x = features(100, 5);
            assertThat(loaded.predict(x, 1)).isEqualTo(model.predict(x, 1));
            assertThat(loaded.features()).isEqualTo(model.features());
            assertThat(loaded.rounds()).isEqualTo(model.rounds());
        }
    }
}
