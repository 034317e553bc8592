package dev.hypha.relational.encode;

/// What was counted of a column on the rows that training may see.
///
/// @param rows all of them
/// @param missing rows without a value the encoder can use: null, and what `unusable` counts
/// @param unusable rows with a value that is none of the column's type: text in a number, infinite, not a number
/// @param distinct different usable values; estimated in tables of more than a million rows
public record ColumnStatistics(long rows, long missing, long unusable, long distinct) {
    /// Share of rows without a usable value, 0 for no rows.
    public double missingRate() {
        return rows == 0 ? 0 : (double) missing / rows;
    }

    /// True where no value occurs twice, in a column with at least two.
    public boolean unique() {
        return distinct > 1 && distinct == rows - missing;
    }
}
