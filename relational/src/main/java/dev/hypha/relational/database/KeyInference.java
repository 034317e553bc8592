package dev.hypha.relational.database;

import dev.hypha.relational.database.TableProfile.ColumnProfile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Finds a table's primary key by name (`id`, `driverId` of drivers, `order_key`), unique and never missing.
final class KeyInference {
    /// Words that end the name of a key, best first.
    static final List<String> KEY_WORDS =
            List.of("id", "key", "uuid", "guid", "pk", "sk", "code", "no", "nr", "num", "number", "ref");

    private final List<String> tables;

    /// @param tables all tables, since a column named after another one is not this one's key
    KeyInference(List<String> tables) {
        this.tables = List.copyOf(tables);
    }

    /// @return the key, absent where there is none (join tables); still to be checked for values that repeat
    Optional<String> key(TableProfile table) {
        ColumnProfile best = null;
        int bestRank = Integer.MAX_VALUE;
        for (ColumnProfile column : table.columns()) {
            OptionalInt rank = rank(table, column);
            if (rank.isEmpty() || !column.maybeKey() || rank.getAsInt() >= bestRank) continue;
            if (!column.unique(table.rows()) && !nearly(table, column, rank.getAsInt())) continue;
            best = column;
            bestRank = rank.getAsInt();
        }
        return Optional.ofNullable(best).map(ColumnProfile::name);
    }

    /// @return how well the name says "key of this table", 0 best
    private OptionalInt rank(TableProfile table, ColumnProfile column) {
        String flat = Names.flat(column.name());
        Set<String> row = Names.row(table.table());
        for (int i = 0; i < KEY_WORDS.size(); i++) {
            String word = KEY_WORDS.get(i);
            boolean named = (flat.equals(word) && i < 6)
                    || row.stream().anyMatch(r -> flat.equals(r + word) || flat.equals(word + r));
            if (named) return OptionalInt.of(i);
        }
        if (Names.lastWord(table.table()).stream().anyMatch(r -> flat.equals(r + "id"))) return OptionalInt.of(100);
        boolean first = table.columns().getFirst().equals(column);
        boolean plain = first && row.contains(flat);
        boolean other = first && endsAsKey(column.name()) && !namesAnotherTable(table.table(), flat);
        return plain || other ? OptionalInt.of(200) : OptionalInt.empty();
    }

    static boolean endsAsKey(String column) {
        List<String> words = Names.words(column);
        return !words.isEmpty() && KEY_WORDS.subList(0, 7).contains(words.getLast());
    }

    private boolean namesAnotherTable(String table, String flat) {
        return tables.stream()
                .filter(t -> !t.equals(table))
                .flatMap(t -> Names.row(t).stream())
                .anyMatch(r -> KEY_WORDS.stream().anyMatch(w -> flat.equals(r + w)));
    }

    /// A column that is plainly named as the key and is one but for a few rows is taken, and refused when it is
    /// checked:
    /// a fault in the data must not silently change what the table means.
    private static boolean nearly(TableProfile table, ColumnProfile column, int rank) {
        long excess = table.rows() - column.distinct();
        boolean few = excess <= 3 && column.distinct() > excess;
        return rank == 0 && table.rows() > 1 && (few || column.distinct() > 0.9 * table.rows());
    }
}
