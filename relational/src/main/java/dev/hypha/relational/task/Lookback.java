package dev.hypha.relational.task;

import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Span;
import dev.hypha.relational.query.Window;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How far before the prediction time a query looks: the earliest start of its windows. Windows without
/// beginning see whatever there is and count for nothing here.
///
/// @param label of the windows of target and `GIVEN`, negative; absent where none begins before the
///     prediction time
/// @param selection of the windows of `WHERE`, likewise
record Lookback(Optional<Span> label, Optional<Span> selection) {
    static final Lookback NONE = new Lookback(Optional.empty(), Optional.empty());

    static Lookback of(CheckedQuery query) {
        return new Lookback(earliest(query.windows()), earliest(query.selectionWindows()));
    }

    /// The earlier of both.
    Optional<Span> longest() {
        return Stream.of(label, selection).flatMap(Optional::stream).min(Comparator.comparingLong(Span::micros));
    }

    private static Optional<Span> earliest(List<Window> windows) {
        return windows.stream()
                .filter(w -> !w.isUnbounded() && w.start() < 0)
                .map(Window::startSpan)
                .min(Comparator.comparingLong(Span::micros));
    }
}
