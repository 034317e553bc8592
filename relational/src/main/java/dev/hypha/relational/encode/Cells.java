package dev.hypha.relational.encode;

/// Where an encoder writes one row: its own dense columns, its code, its instant. Untouched dense cells are 0.
public interface Cells {
    /// @param at which of the encoder's own dense columns, from 0
    void dense(int at, float value);

    void code(int code);

    /// @param micros microseconds since 1970-01-01 UTC, `Long.MAX_VALUE` for missing
    void instant(long micros);
}
