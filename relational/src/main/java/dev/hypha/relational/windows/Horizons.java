package dev.hypha.relational.windows;

import java.util.ArrayList;
import java.util.List;

/// The pasts that are looked at: time windows `(cutoff - length, cutoff]` and last rows.
///
/// @param windows lengths in days, ascending; 0 stands for all of the past and comes last
/// @param rows numbers of last rows, ascending
record Horizons(List<Integer> windows, List<Integer> rows) {
    private static final long DAY = 86_400_000_000L;

    Horizons {
        windows = List.copyOf(windows);
        rows = List.copyOf(rows);
    }

    /// One, three and twelve times the query's window, a year, three years, and all; a length within a fifth of one
    /// that is there already falls away.
    static Horizons of(long windowMicros) {
        int unit = (int) Math.max(1, Math.round((double) windowMicros / DAY));
        List<Integer> kept = new ArrayList<>();
        for (int days : new int[] {365, 1095, unit, 3 * unit, 12 * unit}) {
            if (days <= 3650 && kept.stream().noneMatch(k -> Math.abs(k - days) <= 0.2 * k)) {
                kept.add(days);
            }
        }
        kept.sort(null);
        kept.add(0);
        return new Horizons(kept, List.of(3, 5, 10, 20));
    }

    /// How a window is called in feature names.
    static String label(int days) {
        return days == 0 ? "all" : days + "d";
    }

    /// The SQL frame of a window over micros, closed on the right and open on the left.
    static String frame(int days) {
        return days == 0 ? "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW" : frameOf(days * DAY);
    }

    static String frameOf(long micros) {
        return "RANGE BETWEEN " + (micros - 1) + " PRECEDING AND CURRENT ROW";
    }
}
