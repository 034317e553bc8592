package dev.hypha.relational.encode;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A date or timestamp: sine and cosine of its place in each cycle that varied in training, and the instant
/// itself, whose age relative to the prediction is computed when a batch is made.
///
/// @param cycles those that took more than one value in training
/// @param missing whether a last dense column marks missing values (some were missing in training)
public record Moment(Set<Cycle> cycles, boolean missing) implements Encoder {
    /// A cycle of the calendar, in UTC.
    public enum Cycle {
        MONTH("month", 12),
        DAY_OF_WEEK("dayofweek", 7),
        HOUR("hour", 24);

        /// DuckDB's function that gives the part.
        private final String part;

        private final int length;

        Cycle(String part, int length) {
            this.part = part;
            this.length = length;
        }

        /// Angle on the cycle, in radians.
        double angle(LocalDateTime t) {
            int at = switch (this) {
                case MONTH -> t.getMonthValue() - 1;
                case DAY_OF_WEEK -> t.getDayOfWeek().getValue() - 1;
                case HOUR -> t.getHour();
            };
            return 2 * Math.PI * at / length;
        }

        private String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public Moment {
        cycles = Set.copyOf(cycles);
    }

    static Moment fit(TrainingColumn column) throws SQLException {
        Set<Cycle> cycles = EnumSet.noneOf(Cycle.class);
        for (Cycle cycle : Cycle.values()) {
            if (column.distinct(cycle.part + "(make_timestamp(%s))") > 1) {
                cycles.add(cycle);
            }
        }
        return new Moment(cycles, column.missing() > 0);
    }

    @Override
    public String value(String column, String sqlType) {
        return SqlTypes.micros(column, sqlType);
    }

    @Override
    public List<String> dense() {
        List<String> names = new ArrayList<>();
        for (Cycle cycle : ordered()) {
            names.add(cycle.words() + " sine");
            names.add(cycle.words() + " cosine");
        }
        if (missing) {
            names.add("missing");
        }
        return names;
    }

    @Override
    public boolean instant() {
        return true;
    }

    @Override
    public CellWriter writer() {
        List<Cycle> order = ordered();
        return (rows, index, cells) -> {
            long micros = rows.getLong(index);
            if (!rows.wasNull()) {
                cells.instant(micros);
                writeCycles(order, micros, cells);
                return;
            }
            cells.instant(Long.MAX_VALUE);
            if (missing) {
                cells.dense(2 * order.size(), 1);
            }
        };
    }

    private static void writeCycles(List<Cycle> order, long micros, Cells cells) {
        LocalDateTime time = utc(micros);
        for (int i = 0; i < order.size(); i++) {
            double angle = order.get(i).angle(time);
            cells.dense(2 * i, (float) Math.sin(angle));
            cells.dense(2 * i + 1, (float) Math.cos(angle));
        }
    }

    private static LocalDateTime utc(long micros) {
        long second = TimeUnit.SECONDS.toMicros(1);
        long nanos = TimeUnit.MICROSECONDS.toNanos(Math.floorMod(micros, second));
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, second), (int) nanos, ZoneOffset.UTC);
    }

    /// A set from JSON has no order of its own; columns need one.
    private List<Cycle> ordered() {
        return cycles.stream().sorted().toList();
    }

    @Override
    public String describe() {
        List<String> parts = new ArrayList<>();
        ordered().forEach(cycle -> parts.add(cycle.words()));
        parts.add("age");
        return "time: " + String.join(", ", parts) + (missing ? ", missing marked" : "");
    }
}
