package dev.hypha.graph;

/// A graph that contradicts itself, found by [Graph#check]. A fault of the program or of the disk, never of the user.
public final class CorruptGraphException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String part;

    /// @param part the node or edge type at fault
    /// @param problem what is wrong with it, with the place
    public CorruptGraphException(String part, String problem) {
        super(part + ": " + problem);
        this.part = part;
    }

    /// The name of the node or edge type at fault.
    public String part() {
        return part;
    }
}
