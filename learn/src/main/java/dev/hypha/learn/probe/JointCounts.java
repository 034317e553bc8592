package dev.hypha.learn.probe;

import java.util.Arrays;

/// How often each answer of a read-out (row) met each class (column) on nodes that it was not fitted on,
/// and what that says of how much the answers know.
///
/// The score is that of Lee et al., "NetInfoF framework: measuring and exploiting network usable
/// information", ICLR 2024, definition 1 and theorem 1: 2 to the power of minus the conditional entropy
/// H(class | answer) in bits, which is never above the accuracy of whoever takes for each answer the
/// class that it meets most.
///
/// @param counts shape [answers, classes]
@SuppressWarnings("ArrayRecordComponent") // never compared
record JointCounts(long[][] counts) {
    /// How many standard deviations from chance something must be to count as known.
    private static final double BEYOND_CHANCE = 3.5;

    /// @param answers and classes of the same nodes, below `count`
    static JointCounts of(int[] answers, int[] classes, int count) {
        long[][] counts = new long[count][count];
        for (int i = 0; i < answers.length; i++) counts[answers[i]][classes[i]]++;
        return new JointCounts(counts);
    }

    /// How many nodes were counted.
    long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    private double[] classTotals() {
        double[] totals = new double[counts.length];
        for (long[] row : counts) for (int c = 0; c < totals.length; c++) totals[c] += row[c];
        return totals;
    }

    /// The part of nodes whose answer is their class.
    double accuracy() {
        double right = 0;
        for (int c = 0; c < counts.length; c++) right += counts[c][c];
        return right / total();
    }

    /// Its standard deviation, were other nodes drawn.
    double accuracyError() {
        return Math.sqrt(accuracy() * (1 - accuracy()) / total());
    }

    /// The part of the largest class: what answers are worth that know nothing.
    double chance() {
        return Arrays.stream(classTotals()).max().orElse(0) / total();
    }

    /// H(class) in bits.
    double entropy() {
        double bits = 0;
        for (double each : classTotals()) if (each > 0) bits -= each / total() * log2(each / total());
        return bits;
    }

    /// H(class | answer) in bits.
    double conditionalEntropy() {
        double bits = 0;
        for (long[] row : counts) {
            double answered = Arrays.stream(row).sum();
            for (long each : row) if (each > 0) bits -= each / (double) total() * log2(each / answered);
        }
        return bits;
    }

    /// NetInfoF's score.
    double score() {
        return Math.pow(2, -conditionalEntropy());
    }

    /// The score of answers that know nothing.
    double chanceScore() {
        return Math.pow(2, -entropy());
    }

    /// How far beyond chance the answers and the classes go together: the likelihood ratio statistic G,
    /// which without a tie follows chi squared, as a normal deviate (Wilson and Hilferty, "The
    /// distribution of chi-square", PNAS 17, 1931). 0 where all answers are equal.
    double deviate() {
        long rows = Arrays.stream(counts)
                .filter(row -> Arrays.stream(row).sum() > 0)
                .count();
        long columns = Arrays.stream(classTotals()).filter(each -> each > 0).count();
        double freedom = (rows - 1.0) * (columns - 1.0);
        if (freedom <= 0) return 0;
        double g = 2 * total() * Math.log(2) * Math.max(0, entropy() - conditionalEntropy());
        double spread = 2 / (9 * freedom);
        return (Math.cbrt(g / freedom) - (1 - spread)) / Math.sqrt(spread);
    }

    /// Whether the answers know something: they go together with classes beyond chance, and are right
    /// more often than answers drawn without regard to the node would be.
    boolean informative() {
        double[] classes = classTotals();
        double drawn = 0;
        for (int c = 0; c < counts.length; c++) {
            drawn += Arrays.stream(counts[c]).sum() / (double) total() * classes[c] / total();
        }
        return deviate() > BEYOND_CHANCE && accuracy() > drawn;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
