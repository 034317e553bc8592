package dev.hypha.relational.encode;

import java.util.List;

/// A column that models do not see.
///
/// @param reason why, in words that complete "left out: ..."
public record LeftOut(String reason) implements Encoder {
    @Override
    public String value(String column, String sqlType) {
        return "NULL";
    }

    @Override
    public List<String> dense() {
        return List.of();
    }

    @Override
    public CellWriter writer() {
        return (rows, index, cells) -> {};
    }

    @Override
    public String describe() {
        return "left out: " + reason;
    }
}
