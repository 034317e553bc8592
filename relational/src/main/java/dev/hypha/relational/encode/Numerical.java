package dev.hypha.relational.encode;

import java.sql.SQLException;
import java.util.List;

/// A number, robustly scaled: `(x - center) / scale`, clipped, where `x` is first replaced by `sign(x) log(1 + |x|)`
/// if the training rows showed heavy tails that this shortens. Missing and non-finite values become the center, that is
/// 0.
///
/// @param log whether the logarithm comes first
/// @param center median of the training rows, after the logarithm
/// @param scale spread of the training rows, after the logarithm; of a normal distribution its standard deviation
/// @param missing whether a second column marks missing values (some were missing in training)
public record Numerical(boolean log, double center, double scale, boolean missing) implements Encoder {
    /// Scaled values beyond this many spreads are cut to it.
    public static final float CLIP = 10;

    /// A normal distribution's 99 % point lies 2.3 spreads from the median, an exponential's 4.8, a log-normal's 8.6.
    private static final double HEAVY = 6;

    private static final List<Quantiles> SPREADS =
            List.of(new Quantiles(2, 4, 1.349), new Quantiles(1, 5, 3.290), new Quantiles(0, 6, 4.653));

    public Numerical {
        if (!(scale > 0) || !Double.isFinite(scale) || !Double.isFinite(center)) {
            throw new IllegalArgumentException("numerical: center " + center + ", scale " + scale);
        }
    }

    /// The inner `low` to `high` of the quantiles below, which span `sigmas` standard deviations of a normal one.
    private record Quantiles(int low, int high, double sigmas) {}

    static Numerical fit(TrainingColumn column) throws SQLException {
        double[] plain = column.quantiles(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99);
        double[] logarithms = logarithms(plain);
        boolean log = tail(plain) > HEAVY && tail(logarithms) < tail(plain) / 2;
        double[] q = log ? logarithms : plain;
        return new Numerical(log, q[3], spread(q, column, log), column.missing() > 0);
    }

    /// Distance of the outer quantiles from the median in spreads; infinite where a double does not hold it.
    private static double tail(double[] q) {
        double tail = Math.max(q[6] - q[3], q[3] - q[0]);
        double spread = inner(q);
        return Double.isInfinite(spread) ? spread : tail == 0 ? 0 : tail / spread;
    }

    /// Of a column where one value makes up the middle half (most counts), wider quantiles give the spread, and at
    /// last the range.
    private static double spread(double[] q, TrainingColumn column, boolean log) throws SQLException {
        double spread = inner(q);
        if (spread > 0) {
            return spread;
        }
        double[] ends = column.quantiles(0, 1);
        double range = log ? logarithm(ends[1]) - logarithm(ends[0]) : ends[1] - ends[0];
        return range > 0 && Double.isFinite(range) ? range : 1;
    }

    private static double inner(double[] q) {
        for (Quantiles s : SPREADS) {
            double spread = (q[s.high] - q[s.low]) / s.sigmas;
            if (spread > 0) {
                return spread;
            }
        }
        return 0;
    }

    /// The logarithm is monotone, so quantiles pass through it.
    private static double[] logarithms(double[] q) {
        double[] out = new double[q.length];
        for (int i = 0; i < q.length; i++) {
            out[i] = logarithm(q[i]);
        }
        return out;
    }

    private static double logarithm(double x) {
        return Math.copySign(Math.log1p(Math.abs(x)), x);
    }

    @Override
    public String value(String column, String sqlType) {
        return SqlTypes.number(column, sqlType);
    }

    @Override
    public List<String> dense() {
        return missing ? List.of("value", "missing") : List.of("value");
    }

    /// The scaled value of a number.
    public float encode(double x) {
        double scaled = ((log ? logarithm(x) : x) - center) / scale;
        return (float) Math.clamp(scaled, -CLIP, CLIP);
    }

    @Override
    public CellWriter writer() {
        return (rows, index, cells) -> {
            double x = rows.getDouble(index);
            if (!rows.wasNull()) {
                cells.dense(0, encode(x));
            } else if (missing) {
                cells.dense(1, 1);
            }
        };
    }

    @Override
    public String describe() {
        return (log ? "number, log(1 + x), robust scale" : "number, robust scale")
                + (missing ? ", missing marked" : "");
    }
}
