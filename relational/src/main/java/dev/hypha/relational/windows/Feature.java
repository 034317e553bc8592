package dev.hypha.relational.windows;

/// One column of the feature matrix: an aggregate of one value of a stream over one past.
///
/// @param name such as `results.points.mean.365d`
/// @param stream index of the stream
/// @param value index of the value in the stream, -1 where the aggregate is of rows
/// @param aggregate what is computed
/// @param over days of a window or number of rows, see the aggregate; 0 stands for all or for none
/// @param priority smaller is kept first when there are too many columns
record Feature(String name, int stream, int value, Aggregate aggregate, int over, int priority) {

    /// What is computed from a group's visible rows.
    enum Aggregate {
        /// Rows in a window.
        COUNT("count", Past.WINDOW),
        MEAN("mean", Past.WINDOW),
        MIN("min", Past.WINDOW),
        MAX("max", Past.WINDOW),
        SUM("sum", Past.WINDOW),
        /// Mean over the last rows.
        LAST_MEAN("mean", Past.ROWS),
        /// Value of the last row.
        LAST("last", Past.LATEST),
        /// Code of the last row's category, in the plan's vocabulary; 0 is any other category.
        LAST_CODE("last", Past.LATEST),
        /// Days from the last row to the prediction time.
        AGE("age", Past.INSTANT),
        /// Days from the first row to the prediction time.
        SPAN("span", Past.INSTANT),
        /// Rows in the window that the query asks about, moved back by whole years until it is past.
        SEASON_COUNT("count", Past.SEASON),
        SEASON_MEAN("mean", Past.SEASON);

        private final String word;
        private final Past past;

        Aggregate(String word, Past past) {
            this.word = word;
            this.past = past;
        }

        String word() {
            return word;
        }

        Past past() {
            return past;
        }
    }

    /// Which visible rows an aggregate looks at.
    enum Past {
        WINDOW,
        ROWS,
        LATEST,
        INSTANT,
        SEASON
    }

    boolean categorical() {
        return aggregate == Aggregate.LAST_CODE;
    }
}
