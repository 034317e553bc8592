package dev.hypha.relational.database;

import dev.hypha.relational.database.TableProfile.ColumnProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds foreign keys. A name must speak for each (a small integer fits into any key's range, so values alone say
/// nothing), types must agree, and the values must be found among the keys: the weaker the name, the more of them.
final class ReferenceInference {
    /// Names of columns that lead to another row of the same table.
    private static final Set<String> TO_SELF = Names.set("""
            parent parentid manager managerid reportsto reportstoid supervisor supervisorid boss
            bossid replyto replytoid inreplyto inreplytoid superior superiorid predecessor
            predecessorid previousid originalid rootid ancestorid mentor mentorid referredby""");

    /// Roles that people play, and the tables that may hold those people, likeliest first.
    private static final Map<Set<String>, List<String>> ROLES = Map.of(
            Names.set("""
            rep agent manager supervisor clerk salesperson salesman technician approver"""),
            List.of("employee", "staff", "worker", "person", "user"),
            Names.set("""
            author owner creator poster editor sender receiver recipient reviewer member follower
            followee voter commenter assignee reporter student teacher"""),
            List.of("user", "member", "account", "person", "author", "customer", "employee"),
            Set.of("buyer", "client", "purchaser", "payer", "shopper"),
            List.of("customer", "client", "user", "person", "account"),
            Set.of("seller", "vendor", "merchant"),
            List.of("seller", "vendor", "supplier", "merchant", "shop", "store", "user"));

    private static final int EXACT = 4;
    private static final int IN_ROLE = 3;
    private static final int WEAK = 2;

    private final Staging staging;
    private final Warnings warnings;
    private final Map<String, TableProfile> profiles;
    private final Map<String, String> keys;

    /// @param keys the primary key by table, for those that have one
    ReferenceInference(
            Staging staging, Warnings warnings, Map<String, TableProfile> profiles, Map<String, String> keys) {
        this.staging = staging;
        this.warnings = warnings;
        this.profiles = Map.copyOf(profiles);
        this.keys = Map.copyOf(keys);
    }

    private record Candidate(String table, String key, int score) {}

    /// @return where the column leads, absent for an ordinary column
    Optional<Source.Reference> reference(String table, ColumnProfile column) {
        if (!column.maybeKey() || column.name().equals(keys.get(table))) return Optional.empty();
        List<Candidate> candidates = new ArrayList<>();
        keys.forEach((parent, key) -> {
            int score = score(table, column.name(), parent, key);
            if (score > 0) candidates.add(new Candidate(parent, key, score));
        });
        candidates.sort(Comparator.comparingInt((Candidate c) -> -c.score).thenComparing(Candidate::table));
        return candidates.stream()
                .filter(c -> holds(table, column, c))
                .findFirst()
                .map(c -> new Source.Reference(column.name(), c.table, c.key));
    }

    private boolean holds(String table, ColumnProfile column, Candidate c) {
        String keyType = profiles.get(c.table).column(c.key).orElseThrow().sqlType();
        if (!keyType.equals(column.sqlType())) {
            if (c.score == EXACT && column.present() > 0)
                warnings.addMistyped(
                        table + "." + column.name() + " (" + column.sqlType() + ") is named after " + c.table + "."
                                + c.key + " (" + keyType + ") but has another type: taken as an ordinary column");
            return false;
        }
        if (column.present() == 0) return c.score == EXACT;
        double found = 1 - (double) Checks.dangling(staging, table, column.name(), c.table, c.key) / column.present();
        double needed = c.score == EXACT ? 0.5 : c.score == IN_ROLE ? 0.9 : 1;
        if (found < needed && c.score == EXACT)
            warnings.add("only %.0f %% of the values of %s.%s are keys of %s: taken as an ordinary column"
                    .formatted(100 * found, table, column.name(), c.table));
        return found >= needed;
    }

    private int score(String table, String column, String parent, String key) {
        String flat = Names.flat(column);
        String flatKey = Names.flat(key);
        Set<String> rows = Names.row(parent);
        if (rows.stream().anyMatch(r -> flat.equals(r + "id") || flat.equals("id" + r) || flat.equals(r + flatKey)))
            return EXACT;
        if (flat.equals(flatKey)
                && flat.length() > 2
                && KeyInference.endsAsKey(key)
                && Names.words(key).size() > 1) return EXACT;
        if (rows.stream()
                .anyMatch(r -> Names.endsWithWords(column, r + "id") || Names.endsWithWords(column, r + flatKey)))
            return IN_ROLE;
        if (Names.words(key).size() > 1 && Names.endsWithWords(column, flatKey)) return IN_ROLE;
        if (rows.contains(flat) || rows.stream().anyMatch(r -> Names.endsWithWords(column, r))) return WEAK;
        if (parent.equals(table) && TO_SELF.contains(flat)) return WEAK;
        if (Names.lastWord(parent).stream().anyMatch(r -> flat.equals(r + "id"))) return WEAK;
        return parent.equals(inRole(column).orElse(null)) ? 1 : 0;
    }

    /// @return the table that holds the people playing the role the column is named after
    private Optional<String> inRole(String column) {
        List<String> words = Names.words(column);
        if (words.size() > 1 && KeyInference.endsAsKey(column)) words = words.subList(0, words.size() - 1);
        String role = words.isEmpty() ? "" : words.getLast();
        return ROLES.entrySet().stream()
                .filter(e -> e.getKey().contains(role))
                .flatMap(e -> e.getValue().stream())
                .flatMap(row ->
                        keys.keySet().stream().sorted().filter(t -> Names.row(t).contains(row)))
                .findFirst();
    }
}
