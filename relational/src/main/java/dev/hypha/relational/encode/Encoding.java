package dev.hypha.relational.encode;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.hypha.learn.Features;
import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import dev.hypha.tensor.Memory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How every column of a database becomes numbers: fitted once on the rows that training may see, kept with the run,
/// and applied to the same tables then and later.
///
/// @param version of the JSON form
/// @param cutoff the last training cutoff, microseconds since 1970; rows of timed tables after it were not looked at
/// @param tables in the schema's order
public record Encoding(int version, long cutoff, List<EncodedTable> tables) {
    static final int VERSION = 1;

    public Encoding {
        tables = List.copyOf(tables);
    }

    /// Chooses and fits an encoder for every column.
    ///
    /// @param connection to the staged database (schema `data`)
    /// @param cutoff the last training cutoff, microseconds since 1970
    /// @param derived columns that a query adds to tables
    /// @param withheld columns that are what is predicted
    public static Encoding fit(
            Connection connection,
            Schema schema,
            long cutoff,
            List<DerivedColumn> derived,
            Set<TableColumn> withheld,
            Progress progress)
            throws SQLException {
        progress.stage("fitting column encoders", schema.tables().size());
        List<EncodedTable> tables = new ArrayList<>();
        for (Table table : schema.tables()) {
            List<DerivedColumn> own =
                    derived.stream().filter(d -> d.table().equals(table.name())).toList();
            tables.add(new ColumnFit(connection, table, cutoff, withheld).fit(own));
            progress.at(tables.size(), table.name());
        }
        return new Encoding(VERSION, cutoff, tables);
    }

    /// The features of every table by its name, rows in the order of `_row`. The caller closes each.
    ///
    /// @param schema of the database as it is now; columns that are new are noted and ignored
    /// @throws dev.hypha.graph.InputException naming a column that was encoded and is gone or of another kind now
    public Map<String, Features> apply(Connection connection, Schema schema, Memory memory, Progress progress)
            throws SQLException {
        SchemaMatch.check(this, schema).forEach(progress::note);
        progress.stage("encoding columns", tables.size());
        Map<String, Features> features = new LinkedHashMap<>();
        try {
            for (EncodedTable table : tables) {
                features.put(
                        table.name(), new TableReader(connection, SchemaMatch.current(table, schema)).read(memory));
                progress.at(features.size(), table.name());
            }
        } catch (SQLException | RuntimeException e) {
            features.values().forEach(Features::close);
            throw e;
        }
        return features;
    }

    /// The fitted columns of a table.
    public EncodedTable table(String name) {
        return tables.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("table " + name + " was not encoded"));
    }

    /// What became of every column.
    @JsonIgnore
    public List<ColumnReport> columns() {
        List<ColumnReport> reports = new ArrayList<>();
        for (EncodedTable table : tables) {
            table.columns().forEach(column -> reports.add(ColumnReport.of(table.name(), column)));
        }
        return reports;
    }

    public String toJson() {
        return EncodingJson.write(this);
    }

    /// @throws dev.hypha.graph.InputException if the text is no encoding of this version
    public static Encoding fromJson(String json) {
        return EncodingJson.read(json);
    }
}
