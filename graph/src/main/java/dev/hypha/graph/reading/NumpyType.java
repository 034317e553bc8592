package dev.hypha.graph.reading;

import java.util.Arrays;
import java.util.Optional;

/// The element types of numpy arrays that are read: little-endian.
public enum NumpyType {
    INT8("|i1", 1),
    UINT8("|u1", 1),
    BOOL("|b1", 1),
    INT16("<i2", 2),
    INT32("<i4", 4),
    INT64("<i8", 8),
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8);

    private final String descr;
    private final int bytes;

    NumpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    /// As in the head of a file.
    public String descr() {
        return descr;
    }

    /// Of one element.
    public int bytes() {
        return bytes;
    }

    /// True for whole numbers.
    public boolean integer() {
        return this != FLOAT32 && this != FLOAT64;
    }

    static Optional<NumpyType> of(String descr) {
        return Arrays.stream(values()).filter(type -> type.descr.equals(descr)).findFirst();
    }
}
