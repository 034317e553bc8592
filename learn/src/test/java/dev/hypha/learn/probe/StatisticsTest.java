package dev.hypha.learn.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.hypha.algorithms.Threads;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.linear.SymmetricEigen;
import dev.hypha.learn.probe.LowRank.LinearMap;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The probe's statistics against slow readings of their definitions.
final class StatisticsTest {
    private static int[] drawn(int length, int count, SplittableRandom random) {
        return random.ints(length, 0, count).toArray();
    }

    /// Answers that are right now and then.
    private static int[] answers(int[] classes, double right, int count, SplittableRandom random) {
        return Arrays.stream(classes)
                .map(each -> random.nextDouble() < right ? each : random.nextInt(count))
                .toArray();
    }

    @Test
    void theScoreIsTheDefinitionAndNeverAboveWhatBestAnswersReach() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int count = 2 + random.nextInt(5);
            int[] classes = drawn(20 + random.nextInt(200), count, random);
            int[] answers = answers(classes, random.nextDouble(), count, random);
            JointCounts counts = JointCounts.of(answers, classes, count);
            double bits = 0;
            double reached = 0;
            for (int a = 0; a < count; a++) {
                double most = 0;
                for (int c = 0; c < count; c++) {
                    double both = 0;
                    double answered = 0;
                    for (int i = 0; i < classes.length; i++) {
                        both += answers[i] == a && classes[i] == c ? 1 : 0;
                        answered += answers[i] == a ? 1 : 0;
                    }
                    most = Math.max(most, both);
                    if (both > 0) bits -= both / classes.length * Math.log(both / answered) / Math.log(2);
                }
                reached += most / classes.length;
            }
            assertThat(counts.score()).as("seed %d", seed).isCloseTo(Math.pow(2, -bits), offset(1e-12));
            assertThat(counts.score()).as("seed %d", seed).isLessThanOrEqualTo(reached + 1e-12);
            assertThat(counts.score()).as("seed %d", seed).isGreaterThanOrEqualTo(counts.chanceScore() - 1e-12);
        }
    }

    @Test
    void theDeviateIsWhatShufflingTheClassesGives() {
        SplittableRandom random = new SplittableRandom(1);
        int[] classes = drawn(300, 4, random);
        double sum = 0;
        double squares = 0;
        int beyond = 0;
        for (int i = 0; i < 2000; i++) {
            double z = JointCounts.of(drawn(300, 4, random), classes, 4).deviate();
            sum += z;
            squares += z * z;
            beyond += z > 3.5 ? 1 : 0;
        }
        assertThat(sum / 2000).isCloseTo(0, offset(0.1));
        assertThat(squares / 2000).isCloseTo(1, offset(0.15));
        assertThat(beyond).isLessThanOrEqualTo(4);
        assertThat(JointCounts.of(answers(classes, 0.3, 4, random), classes, 4).informative())
                .isTrue();
        assertThat(JointCounts.of(new int[300], classes, 4).informative())
                .as("all the same")
                .isFalse();
        int[] wrong = Arrays.stream(classes).map(each -> (each + 1) % 4).toArray();
        assertThat(JointCounts.of(wrong, classes, 4).informative())
                .as("always wrong")
                .isFalse();
    }

    /// Each node answered by gradient descent on the penalised squares of the nodes of other folds.
    @Test
    void readOutsAreRidgeRegressionsWithoutTheNodesOwnFold() {
        SplittableRandom random = new SplittableRandom(5);
        int[] classes = drawn(40, 3, random);
        float[][] rows = new float[40][4];
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 4; j++)
                rows[i][j] = (float) (0.3 * random.nextGaussian() + (classes[i] == j ? 0.6 : 0));
        }
        int[] folds = new int[40];
        for (int i = 0; i < 40; i++) folds[i] = i % 5;
        JointCounts found = new Readout(classes, 3, folds).of(rows, Threads.ONE);
        JointCounts one = JointCounts.of(slow(rows, classes, folds, 1), classes, 3);
        JointCounts ten = JointCounts.of(slow(rows, classes, folds, 10), classes, 3);
        JointCounts better = ten.accuracy() > one.accuracy() ? ten : one;
        assertThat(found.counts()).isEqualTo(better.counts());
        assertThat(found.accuracy()).isGreaterThan(0.5);
        assertThat(new Readout(classes, 3, folds).of(rows, new Threads(3)).counts())
                .isEqualTo(found.counts());
    }

    private static int[] slow(float[][] rows, int[] classes, int[] folds, double ridge) {
        int[] answers = new int[rows.length];
        for (int fold = 0; fold < 5; fold++) {
            double[][] w = new double[5][3];
            for (int step = 0; step < 4000; step++) {
                double[][] gradient = new double[5][3];
                for (int j = 0; j < 4; j++) for (int c = 0; c < 3; c++) gradient[j][c] = ridge * w[j][c];
                for (int i = 0; i < rows.length; i++) {
                    if (folds[i] == fold) continue;
                    for (int c = 0; c < 3; c++) {
                        double error = score(rows[i], w, c) - (classes[i] == c ? 1 : 0);
                        for (int j = 0; j < 4; j++) gradient[j][c] += error * rows[i][j];
                        gradient[4][c] += error;
                    }
                }
                for (int j = 0; j < 5; j++) for (int c = 0; c < 3; c++) w[j][c] -= 0.01 * gradient[j][c];
            }
            for (int i = 0; i < rows.length; i++) {
                if (folds[i] != fold) continue;
                for (int c = 1; c < 3; c++) if (score(rows[i], w, c) > score(rows[i], w, answers[i])) answers[i] = c;
            }
        }
        return answers;
    }

    private static double score(float[] row, double[][] w, int c) {
        double sum = w[row.length][c];
        for (int j = 0; j < row.length; j++) sum += row[j] * w[j][c];
        return sum;
    }

    /// A matrix with known singular values, most of which are far apart.
    @Test
    void lowRanksAreTheFirstSingularVectors() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2)) {
            Place place = new Place(provider, memory, Progress.SILENT);
            Dense map = new Dense(random(60, 30, 7));
            try (LowRank found = LowRank.of(map, 5, 11, place)) {
                SymmetricEigen exact = SymmetricEigen.of(map.squares());
                int[] order = exact.descending();
                for (int k = 0; k < 5; k++) {
                    assertThat(found.values()[k])
                            .isCloseTo(Math.sqrt(exact.value(order[k])), offset(0.02 * found.values()[0]));
                    for (int l = 0; l <= k; l++) {
                        double dot = 0;
                        for (int i = 0; i < 60; i++)
                            dot += found.vectors().get(i, k) * found.vectors().get(i, l);
                        assertThat(dot).isCloseTo(k == l ? 1 : 0, offset(1e-4));
                    }
                }
                double first = 0;
                for (int i = 0; i < 60; i++) first += found.vectors().get(i, 0) * exact.vectors()[i * 60 + order[0]];
                assertThat(Math.abs(first)).isCloseTo(1, offset(1e-3));
            }
            // Of rank 2: what is beyond is 0.
            double[][] low = new double[20][10];
            for (int i = 0; i < 20; i++) for (int j = 0; j < 10; j++) low[i][j] = (i % 2) * j + (i % 3 == 0 ? 5 : 0);
            try (LowRank found = LowRank.of(new Dense(low), 6, 1, place)) {
                assertThat(found.values()[1]).isGreaterThan(1);
                assertThat(found.values()[2]).isCloseTo(0, offset(1e-2));
            }
            assertThat(memory.live()).isZero();
        }
    }

    private static double[][] random(int rows, int cols, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] x = new double[rows][cols];
        for (int i = 0; i < rows; i++) {
            double strong = random.nextGaussian();
            double weak = random.nextGaussian();
            for (int j = 0; j < cols; j++)
                x[i][j] = 4 * strong + weak * (j - cols / 2.0) / 4 + 0.1 * random.nextGaussian();
        }
        return x;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Dense(double[][] x) implements LinearMap {
        @Override
        public int rows() {
            return x.length;
        }

        @Override
        public int cols() {
            return x[0].length;
        }

        @Override
        public void forward(Matrix in, Matrix out) {
            for (int i = 0; i < rows(); i++) {
                for (int k = 0; k < in.cols(); k++) {
                    double sum = 0;
                    for (int j = 0; j < cols(); j++) sum += x[i][j] * in.get(j, k);
                    out.set(i, k, (float) sum);
                }
            }
        }

        @Override
        public void back(Matrix in, Matrix out) {
            for (int j = 0; j < cols(); j++) {
                for (int k = 0; k < in.cols(); k++) {
                    double sum = 0;
                    for (int i = 0; i < rows(); i++) sum += x[i][j] * in.get(i, k);
                    out.set(j, k, (float) sum);
                }
            }
        }

        /// x x'.
        double[][] squares() {
            double[][] squares = new double[rows()][rows()];
            for (int i = 0; i < rows(); i++) {
                for (int l = 0; l < rows(); l++) for (int j = 0; j < cols(); j++) squares[i][l] += x[i][j] * x[l][j];
            }
            return squares;
        }
    }

    @Test
    void binsHoldEquallyManyAndEqualNumbersTogether() {
        float[][] rows = new float[80][2];
        for (int i = 0; i < 80; i++) rows[i] = new float[] {i, i < 60 ? 0 : 1};
        float[][] marked = Bins.of(rows);
        for (int bin = 0; bin < 8; bin++) {
            int in = 0;
            for (float[] row : marked) in += row[bin] > 0 ? 1 : 0;
            assertThat(in).isEqualTo(10);
        }
        assertThat(Arrays.stream(marked)
                        .map(row -> Arrays.toString(Arrays.copyOfRange(row, 8, 16)))
                        .distinct())
                .hasSize(2);
        for (float[] row : marked) {
            double squares = 0;
            for (float x : row) squares += x * x;
            assertThat(squares).isCloseTo(1, offset(1e-6));
        }
    }
}
