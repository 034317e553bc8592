package dev.hypha.learn;

/// Turns an age into numbers that a linear layer can read at any scale: logarithms for how long ago, waves for rhythm.
///
/// The waves are the positional encoding of Vaswani et al. (2017) over days, as in the published relational deep
/// learning recipe (Robinson et al., "RelBench", NeurIPS 2024), with periods from 2 days to about 90 years in steps of
/// a factor of 4. The logarithms are added because a wave cannot tell one period from the next.
public final class TimeEncoding {
    /// Days; an age that is not known or does not apply.
    public static final float NONE = Float.NaN;

    private static final int WAVES = 8;
    private static final double MICROS_PER_DAY = 86_400e6;

    /// Columns: known, log of days, log of minutes, then sine and cosine per wave.
    public static final int WIDTH = 3 + 2 * WAVES;

    /// Columns of [#writeShort]: known, log of days with the sign of the age.
    public static final int SHORT_WIDTH = 2;

    private TimeEncoding() {}

    /// Days from `micros` to `now`; negative for instants to come.
    public static float days(long now, long micros) {
        return (float) ((now - micros) / MICROS_PER_DAY);
    }

    /// Writes the encoding of an age into `WIDTH` numbers from `at`; zeros for [#NONE].
    static void write(float days, float[] out, int at) {
        if (Float.isNaN(days)) return;
        double size = Math.max(0, days);
        out[at] = 1;
        out[at + 1] = (float) (Math.log1p(size) / 8);
        out[at + 2] = (float) (Math.log1p(size * 1440) / 16);
        writeWaves(days, out, at + 3);
    }

    /// Sines and cosines, shortest period first. Each period is a quarter of the next, so one sine and one cosine give
    /// all by doubling the angle twice; in double precision the error stays below 1e-10.
    private static void writeWaves(double days, float[] out, int at) {
        double slowest = Math.PI * days / (1 << (2 * (WAVES - 1)));
        double sin = Math.sin(slowest);
        double cos = Math.cos(slowest);
        for (int k = WAVES - 1; k >= 0; k--) {
            out[at + 2 * k] = (float) sin;
            out[at + 2 * k + 1] = (float) cos;
            for (int twice = 0; twice < 2; twice++) {
                double doubled = 2 * sin * cos;
                cos = 1 - 2 * sin * sin;
                sin = doubled;
            }
        }
    }

    /// Writes known-or-not and the signed logarithm of the days, `SHORT_WIDTH` numbers from `at`; zeros for [#NONE].
    static void writeShort(float days, float[] out, int at) {
        if (Float.isNaN(days)) return;
        out[at] = 1;
        out[at + 1] = (float) (Math.signum(days) * Math.log1p(Math.abs(days)) / 8);
    }
}
