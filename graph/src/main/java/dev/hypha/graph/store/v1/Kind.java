package dev.hypha.graph.store.v1;

/// What the payload of a file is. The code stands in the file's header, the word in the metadata.
public enum Kind {
    /// int64 per target and one more.
    OFFSETS(1, "offsets", Long.BYTES),
    /// int32 per edge.
    SOURCES(2, "sources", Integer.BYTES),
    /// int64 per edge.
    POSITIONS(3, "positions", Long.BYTES),
    /// int64 per node, microseconds since 1970-01-01 UTC.
    TIMES(4, "times", Long.BYTES),
    /// int64 per node, rising.
    IDS(5, "ids", Long.BYTES),
    /// int64 per text and one more: where each begins in the text file.
    TEXT_INDEX(6, "text-index", Long.BYTES),
    /// UTF-8, one text after the other.
    TEXT(7, "text", Byte.BYTES),
    INT64(8, "int64", Long.BYTES),
    FLOAT32(9, "float32", Float.BYTES),
    FLOAT64(10, "float64", Double.BYTES),
    /// int32 per row: which text of the index, or -1.
    CODES(11, "codes", Integer.BYTES);

    private final int code;
    private final String word;
    private final int width;

    Kind(int code, String word, int width) {
        this.code = code;
        this.word = word;
        this.width = width;
    }

    /// As in the header of a file.
    public int code() {
        return code;
    }

    /// As in the metadata.
    public String word() {
        return word;
    }

    /// The bytes of one element.
    public int width() {
        return width;
    }
}
