package dev.hypha.relational.encode;

import dev.hypha.learn.Features;
import dev.hypha.relational.database.Sql;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Reads a staged table through its encoders. Rows come in ranges of `_row`, so that no more than one range is held
/// beside the features; where each goes is said by its own `_row`, so their order does not matter.
final class TableReader {
    private static final int RANGE_ROWS = 1 << 17;

    private final Connection connection;
    private final EncodedTable table;
    private final List<EncodedColumn> columns;

    TableReader(Connection connection, EncodedTable table) {
        this.connection = connection;
        this.table = table;
        this.columns = table.columns().stream().filter(c -> !c.leftOut()).toList();
    }

    /// @throws dev.hypha.tensor.MemoryLimitException if the features do not fit
    Features read(Memory memory) throws SQLException {
        int rows = Math.toIntExact(count());
        Matrix dense = Matrix.of(memory, Purpose.FEATURES, rows, table.width());
        try {
            return read(rows, dense);
        } catch (SQLException | RuntimeException e) {
            dense.close();
            throw e;
        }
    }

    private Features read(int rows, Matrix dense) throws SQLException {
        List<Slot> slots = new ArrayList<>();
        int offset = 0;
        for (EncodedColumn column : columns) {
            slots.add(new Slot(column, dense, offset, rows));
            offset += column.encoder().dense().size();
        }
        for (int from = 0; from < rows && !slots.isEmpty(); from += RANGE_ROWS) {
            readRange(from, slots);
        }
        return features(dense, slots);
    }

    private Features features(Matrix dense, List<Slot> slots) {
        List<Slot> categorical = slots.stream().filter(s -> s.codes != null).toList();
        List<Slot> instants = slots.stream().filter(s -> s.instants != null).toList();
        return new Features(
                dense,
                categorical.stream().map(s -> s.codes).toArray(int[][]::new),
                categorical.stream().mapToInt(s -> s.column.encoder().codes()).toArray(),
                instants.stream().map(s -> s.instants).toArray(long[][]::new),
                slots.stream()
                        .flatMap(s -> names(s, s.column.encoder().dense()))
                        .toList(),
                categorical.stream().flatMap(s -> names(s, List.of("category"))).toList(),
                instants.stream().flatMap(s -> names(s, List.of("age"))).toList());
    }

    private Stream<Features.Name> names(Slot slot, List<String> parts) {
        return parts.stream().map(part -> new Features.Name(table.name(), slot.column.name(), part));
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + Sql.table(table.name()))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void readRange(int from, List<Slot> slots) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT f._row");
        for (Slot slot : slots) {
            sql.append(", ").append(slot.column.encoder().value(slot.column.sql(), slot.column.sqlType()));
        }
        sql.append(" FROM ").append(Sql.table(table.name())).append(" f");
        sql.append(" WHERE f._row >= ").append(from).append(" AND f._row < ").append((long) from + RANGE_ROWS);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.toString())) {
            while (rows.next()) {
                int row = rows.getInt(1);
                for (int i = 0; i < slots.size(); i++) {
                    slots.get(i).write(row, rows, i + 2);
                }
            }
        }
    }

    /// Where one column's numbers go.
    private static final class Slot implements Cells {
        private final EncodedColumn column;
        private final Encoder.CellWriter writer;
        private final Matrix dense;
        private final int offset;
        private final int[] codes;
        private final long[] instants;
        private int row;

        Slot(EncodedColumn column, Matrix dense, int offset, int rows) {
            this.column = column;
            this.writer = column.encoder().writer();
            this.dense = dense;
            this.offset = offset;
            this.codes = column.encoder().codes() > 0 ? new int[rows] : null;
            this.instants = column.encoder().instant() ? new long[rows] : null;
            if (instants != null) {
                Arrays.fill(instants, Long.MAX_VALUE);
            }
        }

        void write(int at, ResultSet rows, int index) throws SQLException {
            row = at;
            writer.write(rows, index, this);
        }

        @Override
        public void dense(int at, float value) {
            dense.set(row, offset + at, value);
        }

        @Override
        public void code(int code) {
            codes[row] = code;
        }

        @Override
        public void instant(long micros) {
            instants[row] = micros;
        }
    }
}
