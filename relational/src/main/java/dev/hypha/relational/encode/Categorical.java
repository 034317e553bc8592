package dev.hypha.relational.encode;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One of a set of values, looked up in an embedding: code 0 is missing, 1 a value unknown to training, and from 2 on
/// the values of the vocabulary by falling frequency.
///
/// @param vocabulary values as text, most frequent first, equals in the text's order
public record Categorical(List<String> vocabulary) implements Encoder {
    public static final int MISSING = 0;
    public static final int UNKNOWN = 1;

    /// Values beyond the most frequent of this number count as unknown.
    public static final int CAP = 1000;

    /// In tables larger than this a value seen once is left out of the vocabulary: it would only learn that row's
    /// label, and the code for unknown values would never be trained. In lookup tables each row is such a value.
    private static final int LOOKUP_ROWS = 1000;

    private static final int FIRST = 2;

    /// Longer values are compared by their beginning.
    private static final int CHARACTERS = 256;

    public Categorical {
        vocabulary = List.copyOf(vocabulary);
        if (vocabulary.size() > CAP) {
            throw new IllegalArgumentException("categorical: " + vocabulary.size() + " values, at most " + CAP);
        }
    }

    static Categorical fit(TrainingColumn column) throws SQLException {
        return new Categorical(column.frequent(column.rows() > LOOKUP_ROWS ? 2 : 1, CAP));
    }

    @Override
    public String value(String column, String sqlType) {
        return sql(column, sqlType);
    }

    static String sql(String column, String sqlType) {
        return SqlTypes.text(column, CHARACTERS);
    }

    @Override
    public List<String> dense() {
        return List.of();
    }

    @Override
    public int codes() {
        return FIRST + vocabulary.size();
    }

    @Override
    public CellWriter writer() {
        Map<String, Integer> codes = HashMap.newHashMap(vocabulary.size());
        for (int i = 0; i < vocabulary.size(); i++) {
            codes.put(vocabulary.get(i), FIRST + i);
        }
        return (rows, index, cells) -> {
            String value = rows.getString(index);
            cells.code(value == null ? MISSING : codes.getOrDefault(value, UNKNOWN));
        };
    }

    @Override
    public String describe() {
        return "category, " + vocabulary.size() + (vocabulary.size() == 1 ? " value" : " values");
    }
}
