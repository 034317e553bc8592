package dev.hypha.relational.encode;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/// The fitted columns of a table: those of the table in its order, then the derived ones.
///
/// @param name the table's name
/// @param columns all of them, also those left out
public record EncodedTable(String name, List<EncodedColumn> columns) {
    public EncodedTable {
        columns = List.copyOf(columns);
    }

    /// Dense columns of its features.
    @JsonIgnore
    public int width() {
        return columns.stream().mapToInt(c -> c.encoder().dense().size()).sum();
    }

    /// Memory that the features of so many rows take.
    public long bytes(long rows) {
        long categorical = columns.stream().filter(c -> c.encoder().codes() > 0).count();
        long instants = columns.stream().filter(c -> c.encoder().instant()).count();
        return rows * (width() * (long) Float.BYTES + categorical * Integer.BYTES + instants * Long.BYTES);
    }
}
