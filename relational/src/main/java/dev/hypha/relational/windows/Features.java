package dev.hypha.relational.windows;

import dev.hypha.relational.windows.Feature.Aggregate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Lists the features of streams, the most telling ones first.
///
/// | priority | what |
/// |---|---|
/// | 0 | the entity's own signals, and how long ago its last row is |
/// | 1 | signals of its parents and of everyone; counts of its own rows |
/// | 2 | last values and means of its own facts |
/// | 3 | last values, means and counts of its parents' facts |
/// | 4 | minima, maxima and sums of its own facts, counts of everything |
final class Features {
    private final Horizons horizons;
    private final boolean seasonal;
    private final List<Feature> out = new ArrayList<>();

    private Features(Horizons horizons, boolean seasonal) {
        this.horizons = horizons;
        this.seasonal = seasonal;
    }

    /// @param limit the most columns; beyond it those of the greatest priority number, last listed first, fall away
    static List<Feature> of(List<Stream> streams, Horizons horizons, boolean seasonal, int limit) {
        Features features = new Features(horizons, seasonal);
        for (int i = 0; i < streams.size(); i++) {
            features.rows(streams.get(i), i);
            for (int v = 0; v < streams.get(i).values().size(); v++) {
                features.value(streams.get(i), i, v);
            }
        }
        return features.out.stream()
                .sorted(Comparator.comparingInt(Feature::priority))
                .limit(limit)
                .sorted(Comparator.comparingInt(Feature::stream))
                .toList();
    }

    private void rows(Stream stream, int index) {
        int counts = stream.role() == Stream.Role.OWN ? 1 : stream.role() == Stream.Role.PARENT ? 3 : 4;
        for (int days : horizons.windows()) {
            add(stream, index, -1, Aggregate.COUNT, days, counts);
        }
        if (seasonal && stream.role() != Stream.Role.PARENT) {
            add(stream, index, -1, Aggregate.SEASON_COUNT, 0, 1);
        }
        if (stream.role() != Stream.Role.EVERY) {
            add(stream, index, -1, Aggregate.AGE, 0, counts == 1 ? 0 : 3);
            add(stream, index, -1, Aggregate.SPAN, 0, counts == 1 ? 1 : 3);
        }
    }

    private void value(Stream stream, int index, int value) {
        switch (stream.values().get(value).kind()) {
            case SIGNAL -> signal(stream, index, value);
            case NUMBER -> number(stream, index, value);
            case CODE -> add(stream, index, value, Aggregate.LAST_CODE, 0, 2);
            case ROW -> {}
        }
    }

    private void signal(Stream stream, int index, int value) {
        boolean own = stream.role() == Stream.Role.OWN;
        means(stream, index, value, own ? 0 : 1);
        if (seasonal && stream.role() != Stream.Role.PARENT) {
            add(stream, index, value, Aggregate.SEASON_MEAN, 0, 1);
        }
        if (stream.role() != Stream.Role.EVERY) {
            lasts(stream, index, value, own ? 0 : 1);
            extremes(stream, index, value, own ? 0 : 3);
        }
    }

    private void number(Stream stream, int index, int value) {
        switch (stream.role()) {
            case OWN -> {
                lasts(stream, index, value, 2);
                means(stream, index, value, 2);
                extremes(stream, index, value, 4);
            }
            case PARENT -> {
                lasts(stream, index, value, 3);
                means(stream, index, value, 3);
            }
            case EVERY -> {}
        }
    }

    private void means(Stream stream, int index, int value, int priority) {
        for (int days : horizons.windows()) {
            add(stream, index, value, Aggregate.MEAN, days, priority);
        }
    }

    private void lasts(Stream stream, int index, int value, int priority) {
        add(stream, index, value, Aggregate.LAST, 0, priority);
        for (int rows : horizons.rows()) {
            add(stream, index, value, Aggregate.LAST_MEAN, rows, priority);
        }
    }

    private void extremes(Stream stream, int index, int value, int priority) {
        for (int days : horizons.windows()) {
            add(stream, index, value, Aggregate.MIN, days, priority);
            add(stream, index, value, Aggregate.MAX, days, priority);
            add(stream, index, value, Aggregate.SUM, days, 4);
        }
    }

    private void add(Stream stream, int index, int value, Aggregate aggregate, int over, int priority) {
        String of = value < 0 ? "" : "." + stream.values().get(value).name();
        String past = switch (aggregate.past()) {
            case WINDOW -> "." + Horizons.label(over);
            case ROWS -> "." + over + "rows";
            case SEASON -> ".season";
            case LATEST, INSTANT -> "";
        };
        String name = stream.name() + of + "." + aggregate.word() + past;
        out.add(new Feature(name, index, value, aggregate, over, priority));
    }
}
