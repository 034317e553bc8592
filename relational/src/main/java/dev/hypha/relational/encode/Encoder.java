package dev.hypha.relational.encode;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// How one column becomes numbers: what was learned from the training rows, and the rule that applies it to any row.
///
/// A kind is a record, so its fitted state is its components and goes to JSON and back by itself. A new kind is one
/// file with such a record, its name in `permits`, and a case of the switch in `ColumnFit`.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface Encoder permits Categorical, Flag, LeftOut, Moment, Numerical, Text {

    /// The SQL read for each row, null where a value is missing or of no use.
    ///
    /// @param column the column as SQL: a quoted name, or the expression of a derived column
    /// @param sqlType its type in the staged database
    String value(String column, String sqlType);

    /// What each of its dense columns holds, in order, such as `value` and `missing`; empty where it has none.
    @JsonIgnore
    List<String> dense();

    /// Number of codes of its categorical column, those for missing and unknown included; 0 where it has none.
    @JsonIgnore
    default int codes() {
        return 0;
    }

    /// True where it hands on the instant itself, for its age relative to the prediction.
    @JsonIgnore
    default boolean instant() {
        return false;
    }

    /// A fresh writer of rows; not shared between threads.
    CellWriter writer();

    /// One short phrase for people.
    String describe();

    /// Writes the value of one row.
    interface CellWriter {
        /// @param rows standing on the row
        /// @param index position of this column's `value` in it, from 1
        /// @param cells where to write
        void write(ResultSet rows, int index, Cells cells) throws SQLException;
    }
}
