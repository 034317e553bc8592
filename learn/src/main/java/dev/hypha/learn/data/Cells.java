package dev.hypha.learn.data;

import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Numbers;
import dev.hypha.graph.reading.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A column of a table of nodes: the different texts in it, and which of them each node has.
///
/// @param name of the column
/// @param codes of the nodes in order
/// @param texts by code
@SuppressWarnings("ArrayRecordComponent") // Two of these are never compared.
record Cells(String name, int[] codes, List<String> texts) {
    /// What stands there for a node.
    String text(int node) {
        return texts.get(codes[node]);
    }

    /// A text as a number, which may be infinite or none (NaN) where that is written; empty where it is no
    /// number.
    static OptionalDouble number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return OptionalDouble.of(Numbers.real(bytes, 0, bytes.length));
        } catch (BadValue e) {
            return OptionalDouble.empty();
        }
    }

    /// A text in the form of a date or a time as microseconds since 1970; empty where it is none.
    static OptionalLong time(String text) {
        if (!Times.isTime(text)) return OptionalLong.empty();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return OptionalLong.of(Times.micros(bytes, 0, bytes.length));
        } catch (BadValue e) {
            return OptionalLong.empty();
        }
    }
}
