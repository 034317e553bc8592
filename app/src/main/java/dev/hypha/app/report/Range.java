package dev.hypha.app.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// What an axis spans.
record Range(double low, double high) {
    static final Range UNIT = new Range(0, 1);

    private static final double[] ROUND = {1, 2, 2.5, 5, 10};
    private static final int TICKS = 5;

    /// From the least to the greatest value with some room; never empty.
    static Range around(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        double low = DoubleStream.of(finite).min().orElse(0);
        double high = DoubleStream.of(finite).max().orElse(1);
        double room = high > low ? 0.06 * (high - low) : Math.max(Math.abs(high) * 0.1, 0.5);
        return new Range(low - room, high + room);
    }

    /// Round numbers inside, evenly spaced.
    List<Double> ticks() {
        double step = step();
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private double step() {
        double rough = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        return DoubleStream.of(ROUND)
                .map(r -> r * power)
                .filter(s -> s >= rough * 0.999)
                .findFirst()
                .orElse(10 * power);
    }

    /// Where a value lies, 0 at `low` and 1 at `high`.
    double share(double value) {
        return (value - low) / (high - low);
    }

    /// A tick's number, with as many digits as the distance of ticks has.
    String label(double tick) {
        int digits = Math.max(
                0,
                BigDecimal.valueOf(step())
                        .round(new MathContext(2))
                        .stripTrailingZeros()
                        .scale());
        double whole = Math.abs(tick) < step() * 1e-6 ? 0 : tick;
        return String.format(Locale.ROOT, "%,." + digits + "f", whole);
    }
}
