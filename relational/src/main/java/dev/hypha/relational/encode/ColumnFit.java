package dev.hypha.relational.encode;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;

/// Chooses and fits the encoders of one table's columns, on the rows that training may see.
final class ColumnFit {
    private final Connection connection;
    private final Table table;
    private final Set<TableColumn> withheld;
    private final String from;

    /// @param cutoff the last training cutoff, microseconds since 1970
    /// @param withheld columns that models must not see because they are what is predicted
    ColumnFit(Connection connection, Table table, long cutoff, Set<TableColumn> withheld) {
        this.connection = connection;
        this.table = table;
        this.withheld = withheld;
        this.from = TrainingColumn.visible(table.name(), table.time().isPresent(), cutoff);
    }

    EncodedTable fit(List<DerivedColumn> derived) throws SQLException {
        List<EncodedColumn> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            String reason = reasonToLeaveOut(column);
            columns.add(fit(column.name(), "", column.sqlType(), column.type(), reason));
        }
        for (DerivedColumn column : derived) {
            columns.add(fit(column.name(), column.sql(), typeOf(column.sql()), column.type(), ""));
        }
        return new EncodedTable(table.name(), columns);
    }

    /// Why models do not see a column whatever it holds; empty where its values decide.
    private String reasonToLeaveOut(Column column) {
        if (withheld.contains(new TableColumn(table.name(), column.name()))) {
            return "it is what is predicted";
        }
        if (column.dropped()) {
            return "dropped by the schema file";
        }
        if (table.primaryKey().filter(column.name()::equals).isPresent()) {
            return "primary key";
        }
        for (ForeignKey key : table.foreignKeys()) {
            if (key.column().equals(column.name())) {
                return "foreign key to " + key.table();
            }
        }
        return "";
    }

    private EncodedColumn fit(String name, String derivation, String sqlType, ColumnType type, String reason)
            throws SQLException {
        Kind kind = kind(type);
        String raw = EncodedColumn.sql(name, derivation);
        TrainingColumn column = new TrainingColumn(connection, raw, kind.value.apply(raw, sqlType), from);
        Encoder encoder = reason.isEmpty() ? encoder(column, kind) : new LeftOut(reason);
        return new EncodedColumn(name, derivation, sqlType, type, column.statistics(), encoder);
    }

    /// A kind of encoder before it is fitted: how it reads a column of an SQL type, and how it is fitted.
    private record Kind(BinaryOperator<String> value, Fit fit) {}

    private interface Fit {
        Encoder on(TrainingColumn column) throws SQLException;
    }

    private static Kind kind(ColumnType type) {
        return switch (type) {
            case NUMERICAL -> new Kind(SqlTypes::number, Numerical::fit);
            case CATEGORICAL -> new Kind(Categorical::sql, Categorical::fit);
            case BOOLEAN -> new Kind(SqlTypes::truth, Flag::fit);
            case TIMESTAMP -> new Kind(SqlTypes::micros, Moment::fit);
            case TEXT -> new Kind(Text::sql, Text::fit);
            case IDENTIFIER -> new Kind(Text::sql, column -> new LeftOut("identifier"));
        };
    }

    private static Encoder encoder(TrainingColumn column, Kind kind) throws SQLException {
        ColumnStatistics seen = column.statistics();
        if (seen.distinct() == 0) {
            return new LeftOut(seen.rows() == 0 ? "no row before the last training cutoff" : "always missing");
        }
        if (seen.distinct() == 1 && seen.missing() == 0) {
            return new LeftOut("constant");
        }
        return kind.fit.on(column);
    }

    private String typeOf(String sql) throws SQLException {
        String one = "SELECT typeof(" + sql + ") FROM (SELECT * FROM " + Sql.table(table.name()) + " LIMIT 1) f";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(one)) {
            return rows.next() ? rows.getString(1) : "VARCHAR";
        }
    }
}
