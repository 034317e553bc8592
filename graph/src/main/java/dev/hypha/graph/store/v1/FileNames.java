package dev.hypha.graph.store.v1;

/// How the files of a store are called. Users' names stand in the metadata only, so any name is possible.
public final class FileNames {
    private FileNames() {}

    /// What the names of a node type's files begin with.
    public static String nodes(int type) {
        return "nodes-" + type;
    }

    /// What the names of an edge type's files begin with.
    public static String edges(int type) {
        return "edges-" + type;
    }

    public static String ids(int type) {
        return nodes(type) + ".ids";
    }

    public static String times(int type) {
        return nodes(type) + ".times";
    }

    public static String offsets(int type) {
        return edges(type) + ".offsets";
    }

    public static String sources(int type) {
        return edges(type) + ".sources";
    }

    public static String positions(int type) {
        return edges(type) + ".positions";
    }

    /// @param owner [#nodes] or [#edges]
    public static String column(String owner, int column) {
        return owner + ".column-" + column;
    }

    /// @param of the file that the texts belong to
    public static String textIndex(String of) {
        return of + ".index";
    }

    /// @param of the file that the texts belong to
    public static String text(String of) {
        return of + ".text";
    }
}
