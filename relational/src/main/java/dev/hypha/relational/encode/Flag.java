package dev.hypha.relational.encode;

import java.util.List;

/// A yes or no: 1 for true, -1 for false, 0 for missing.
///
/// @param missing whether a second column marks missing values (some were missing in training)
public record Flag(boolean missing) implements Encoder {
    static Flag fit(TrainingColumn column) {
        return new Flag(column.missing() > 0);
    }

    @Override
    public String value(String column, String sqlType) {
        return SqlTypes.truth(column, sqlType);
    }

    @Override
    public List<String> dense() {
        return missing ? List.of("value", "missing") : List.of("value");
    }

    @Override
    public CellWriter writer() {
        return (rows, index, cells) -> {
            boolean value = rows.getBoolean(index);
            if (!rows.wasNull()) {
                cells.dense(0, value ? 1 : -1);
            } else if (missing) {
                cells.dense(1, 1);
            }
        };
    }

    @Override
    public String describe() {
        return "yes or no" + (missing ? ", missing marked" : "");
    }
}
