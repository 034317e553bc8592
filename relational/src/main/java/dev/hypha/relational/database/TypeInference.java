package dev.hypha.relational.database;

import dev.hypha.relational.database.TableProfile.ColumnProfile;
import dev.hypha.relational.schema.ColumnType;
import java.util.List;
import java.util.Set;

/// Decides what a column that is no key means to a model, from its type, its name and how its values repeat.
final class TypeInference {
    private static final Set<String> CODES = Names.set("""
            code type status kind class category group flag gender sex zip postal postcode zipcode
            region segment cluster state mode channel country""");
    private static final Set<String> NAMES_ONE = Names.set("""
            id uuid guid url uri link email mail phone fax hash token ssn iban""");
    private static final int CATEGORIES = 1000;

    private TypeInference() {}

    static ColumnType type(TableProfile table, ColumnProfile column) {
        return switch (column.sqlType()) {
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "DATE", "TIMESTAMP" -> ColumnType.TIMESTAMP;
            case "TIME" ->
                column.distinct() <= CATEGORIES && repeats(column) ? ColumnType.CATEGORICAL : ColumnType.NUMERICAL;
            case "BIGINT" -> whole(table, column);
            case "VARCHAR" -> text(column);
            default -> ColumnType.NUMERICAL;
        };
    }

    private static ColumnType whole(TableProfile table, ColumnProfile column) {
        List<String> words = Names.words(column.name());
        boolean named = !words.isEmpty() && NAMES_ONE.contains(words.getLast());
        boolean code = words.stream().anyMatch(CODES::contains) || named;
        if (code && column.distinct() <= CATEGORIES && repeats(column)) return ColumnType.CATEGORICAL;
        if (named || (column.unique(table.rows()) && KeyInference.endsAsKey(column.name())))
            return ColumnType.IDENTIFIER;
        return ColumnType.NUMERICAL;
    }

    private static ColumnType text(ColumnProfile column) {
        List<String> words = Names.words(column.name());
        boolean many = column.distinct() > CATEGORIES && column.distinct() > 0.02 * column.present();
        if (repeats(column) && !many) return ColumnType.CATEGORICAL;
        if (words.stream().anyMatch(NAMES_ONE::contains)) return ColumnType.IDENTIFIER;
        if (column.meanWords() >= 2.5) return ColumnType.TEXT;
        return column.distinct() >= 0.9 * column.present() ? ColumnType.IDENTIFIER : ColumnType.TEXT;
    }

    /// Half of the rows or more share their value with an earlier one.
    private static boolean repeats(ColumnProfile column) {
        return 2 * column.distinct() <= column.present() || column.distinct() <= 1;
    }
}
