package dev.hypha.learn.metrics;

/// Metrics of predicted numbers. Sums are kept in double.
final class Deviation {
    private Deviation() {}

    static double mae(Outcomes o) {
        double sum = 0;
        for (int i = 0; i < o.rows(); i++) sum += Math.abs((double) o.predicted()[i] - o.label()[i]);
        return sum / o.rows();
    }

    static double rmse(Outcomes o) {
        return Math.sqrt(squares(o) / o.rows());
    }

    static double r2(Outcomes o) {
        double mean = 0;
        for (float y : o.label()) mean += y;
        mean /= o.rows();
        double spread = 0;
        for (float y : o.label()) spread += (y - mean) * (y - mean);
        return spread == 0 ? Double.NaN : 1 - squares(o) / spread;
    }

    private static double squares(Outcomes o) {
        double sum = 0;
        for (int i = 0; i < o.rows(); i++) {
            double gap = (double) o.predicted()[i] - o.label()[i];
            sum += gap * gap;
        }
        return sum;
    }
}
