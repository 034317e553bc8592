package dev.hypha.learn.metrics;

import dev.hypha.learn.TaskKind;

/// Metrics of class probabilities and of the classes decided from them.
final class ClassLabels {
    private static final double CLIP = 1e-7;

    private ClassLabels() {}

    static double logLoss(Outcomes o) {
        double sum = 0;
        int terms = 0;
        for (int row = 0; row < o.rows(); row++) {
            if (o.kind() == TaskKind.MULTICLASS) {
                sum += surprise(o.predicted()[row * o.outputs() + (int) o.label()[row]]);
                terms++;
                continue;
            }
            for (int c = 0; c < o.outputs(); c++, terms++) {
                int at = row * o.outputs() + c;
                double p = o.predicted()[at];
                sum += surprise(o.label()[at] > 0.5f ? p : 1 - p);
            }
        }
        return sum / terms;
    }

    private static double surprise(double probability) {
        return -Math.log(Math.clamp(probability, CLIP, 1 - CLIP));
    }

    static double accuracy(Outcomes o) {
        Counts counts = Counts.of(o);
        return (double) counts.right / counts.decisions;
    }

    static double f1Micro(Outcomes o) {
        if (o.kind() != TaskKind.MULTILABEL) return accuracy(o);
        Counts counts = Counts.of(o);
        long both = 0;
        long either = 0;
        for (int c = 0; c < o.outputs(); c++) {
            both += 2L * counts.hit[c];
            either += counts.truth[c] + counts.said[c];
        }
        return either == 0 ? 0 : (double) both / either;
    }

    static double f1Macro(Outcomes o) {
        Counts counts = Counts.of(o);
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < counts.hit.length; c++) {
            long either = counts.truth[c] + counts.said[c];
            if (either == 0 && o.kind() == TaskKind.MULTICLASS) continue;
            sum += either == 0 ? 0 : 2.0 * counts.hit[c] / either;
            classes++;
        }
        return sum / classes;
    }

    static double calibrationError(Outcomes o) {
        if (o.kind() != TaskKind.MULTICLASS) return OneClass.macro(o, OneClass::calibrationError);
        float[] confidence = new float[o.rows()];
        boolean[] right = new boolean[o.rows()];
        for (int row = 0; row < o.rows(); row++) {
            int top = o.top(row);
            confidence[row] = o.predicted()[row * o.outputs() + top];
            right[row] = top == (int) o.label()[row];
        }
        return OneClass.calibrationError(confidence, right);
    }

    /// Per class: rows that have it, rows said to have it, and both. Binary has the classes 0 and 1.
    private static final class Counts {
        final long[] truth;
        final long[] said;
        final long[] hit;
        long right;
        long decisions;

        private Counts(int classes) {
            truth = new long[classes];
            said = new long[classes];
            hit = new long[classes];
        }

        static Counts of(Outcomes o) {
            Counts counts = new Counts(o.kind() == TaskKind.BINARY ? 2 : o.outputs());
            for (int row = 0; row < o.rows(); row++) counts.row(o, row);
            return counts;
        }

        private void row(Outcomes o, int row) {
            switch (o.kind()) {
                case BINARY -> oneOf(o.label()[row] > 0.5f ? 1 : 0, o.predicted()[row] > 0.5f ? 1 : 0);
                case MULTICLASS -> oneOf((int) o.label()[row], o.top(row));
                case MULTILABEL -> anyOf(o, row);
                case REGRESSION, RANKING -> throw new IllegalStateException(o.kind() + " has no classes");
            }
        }

        private void oneOf(int true_, int said_) {
            truth[true_]++;
            said[said_]++;
            decisions++;
            if (true_ != said_) return;
            hit[true_]++;
            right++;
        }

        private void anyOf(Outcomes o, int row) {
            for (int c = 0; c < o.outputs(); c++) {
                boolean isTrue = o.label()[row * o.outputs() + c] > 0.5f;
                boolean isSaid = o.predicted()[row * o.outputs() + c] > 0.5f;
                if (isTrue) truth[c]++;
                if (isSaid) said[c]++;
                if (isTrue && isSaid) hit[c]++;
                if (isTrue == isSaid) right++;
                decisions++;
            }
        }
    }
}
