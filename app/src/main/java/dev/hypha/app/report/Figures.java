package dev.hypha.app.report;

import java.time.Duration;
import java.util.Locale;

/// How numbers are written for people.
final class Figures {
    private Figures() {}

    /// `12,345`.
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /// A measured value with three or four digits that matter: `0.842`, `12.35`, `1,204`.
    static String measure(double value) {
        double size = Math.abs(value);
        String form = size >= 1000 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.3f";
        if (!Double.isFinite(value)) {
            return "–";
        }
        return String.format(Locale.ROOT, form, size < 0.0005 ? 0 : value);
    }

    /// A mean over seeds, with its deviation where there are several.
    static String measure(Measured value) {
        return measure(value.mean()) + (value.seeds() > 1 ? " ± " + measure(value.sd()) : "");
    }

    /// A time as runs write it, without what is smaller than a second.
    static String time(String written) {
        return written.replaceFirst("\\.[0-9]+$", "");
    }

    /// `84.2 %`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// A place in a drawing, in pixels.
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /// `45 s`, `2 min 5 s`.
    static String seconds(double seconds) {
        Duration duration = Duration.ofMillis((long) (seconds * 1000));
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /// `1.5 GB`, in powers of 1024.
    static String bytes(long bytes) {
        double mega = bytes / 1048576.0;
        return mega >= 1024
                ? String.format(Locale.ROOT, "%.1f GB", mega / 1024)
                : String.format(Locale.ROOT, "%.0f MB", mega);
    }
}
