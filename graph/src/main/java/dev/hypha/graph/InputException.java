package dev.hypha.graph;

import java.util.Map;

/// A mistake in what the user gave: a file, a table, a query, an option. Carries fields; the edge (command line,
/// server) turns them into one sentence that names the place and the remedy, exit status 2.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final transient Map<String, Object> where;
    private final String hint;

    /// @param kind short stable word for machines, such as `unknown-table`
    /// @param message one sentence without the remedy
    /// @param where place by field: `file`, `line`, `column`, `table`, `position`, `option` and the like
    /// @param hint the remedy, one sentence; may be empty, never null
    public InputException(String kind, String message, Map<String, Object> where, String hint) {
        super(message);
        this.kind = kind;
        this.where = Map.copyOf(where);
        this.hint = hint;
    }

    public String kind() {
        return kind;
    }

    public Map<String, Object> where() {
        return where;
    }

    public String hint() {
        return hint;
    }
}
