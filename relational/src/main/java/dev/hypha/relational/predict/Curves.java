package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.metrics.Outcomes;
import java.util.Arrays;
import java.util.Comparator;

/// The points that a report draws: for classes receiver operating characteristic, precision over recall and
/// calibration; for numbers actual beside predicted values. Of several classes the first, most frequent one
/// is drawn.
final class Curves {
    private static final int POINTS = 200;
    private static final int BINS = 10;

    private final double[] score;
    private final boolean[] hit;
    private final Integer[] order;

    private Curves(double[] score, boolean[] hit) {
        this.score = score;
        this.hit = hit;
        this.order = new Integer[score.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -score[i]));
    }

    /// Adds `roc`, `precisionRecall` and `calibration`, or `residuals`, to a report.
    static void into(ObjectNode report, Outcomes outcomes) {
        if (outcomes.kind() == TaskKind.REGRESSION) {
            report.set("residuals", residuals(outcomes));
            return;
        }
        Curves curves = ofFirstClass(outcomes);
        report.set("roc", curves.roc());
        report.set("precisionRecall", curves.precisionRecall());
        report.set("calibration", curves.calibration());
    }

    private static Curves ofFirstClass(Outcomes o) {
        double[] score = new double[o.rows()];
        boolean[] hit = new boolean[o.rows()];
        for (int i = 0; i < score.length; i++) {
            score[i] = o.predicted()[i * o.outputs()];
            hit[i] = switch (o.kind()) {
                case BINARY -> o.label()[i] > 0.5f;
                case MULTICLASS -> o.label()[i] == 0;
                case MULTILABEL -> o.label()[i * o.outputs()] > 0.5f;
                case REGRESSION, RANKING -> throw new IllegalStateException(o.kind() + " has no classes");
            };
        }
        return new Curves(score, hit);
    }

    /// False positive rate and true positive rate, from (0, 0) to (1, 1); equal scores are one step.
    private ArrayNode roc() {
        return walk((positives, negatives, all) -> new double[] {
            (double) negatives / Math.max(1, order.length - all), (double) positives / Math.max(1, all)
        });
    }

    /// Recall and precision.
    private ArrayNode precisionRecall() {
        return walk((positives, negatives, all) -> new double[] {
            (double) positives / Math.max(1, all),
            positives + negatives == 0 ? 1 : (double) positives / (positives + negatives)
        });
    }

    private interface Point {
        double[] at(int positives, int negatives, int allPositives);
    }

    private ArrayNode walk(Point point) {
        int all = 0;
        for (boolean h : hit) {
            all += h ? 1 : 0;
        }
        ArrayNode points = JsonNodeFactory.instance.arrayNode();
        int every = Math.max(1, order.length / POINTS);
        int positives = 0;
        add(points, point.at(0, 0, all));
        for (int i = 0; i < order.length; i++) {
            positives += hit[order[i]] ? 1 : 0;
            boolean last = i + 1 == order.length;
            if (last || ((i + 1) % every == 0 && score[order[i]] != score[order[i + 1]])) {
                add(points, point.at(positives, i + 1 - positives, all));
            }
        }
        return points;
    }

    /// Ten bins of equal width: mean prediction, share that came true, rows.
    private ArrayNode calibration() {
        double[] sum = new double[BINS];
        int[] hits = new int[BINS];
        int[] rows = new int[BINS];
        for (int i = 0; i < score.length; i++) {
            int bin = Math.min(BINS - 1, (int) (score[i] * BINS));
            sum[bin] += score[i];
            hits[bin] += hit[i] ? 1 : 0;
            rows[bin]++;
        }
        ArrayNode bins = JsonNodeFactory.instance.arrayNode();
        for (int b = 0; b < BINS; b++) {
            if (rows[b] > 0) {
                bins.addObject()
                        .put("predicted", sum[b] / rows[b])
                        .put("observed", (double) hits[b] / rows[b])
                        .put("rows", rows[b]);
            }
        }
        return bins;
    }

    /// Actual and predicted values of evenly spaced rows.
    private static ArrayNode residuals(Outcomes o) {
        ArrayNode points = JsonNodeFactory.instance.arrayNode();
        int every = Math.max(1, o.rows() / (2 * POINTS));
        for (int i = 0; i < o.rows(); i += every) {
            add(points, new double[] {o.label()[i], o.predicted()[i]});
        }
        return points;
    }

    private static void add(ArrayNode points, double[] xy) {
        points.addArray().add(xy[0]).add(xy[1]);
    }
}
