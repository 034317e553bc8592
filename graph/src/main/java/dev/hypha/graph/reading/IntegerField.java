package dev.hypha.graph.reading;

/// A field that needs nothing but its value, a 64-bit integer: [Field#keep] may get it without its bytes.
public interface IntegerField extends Field {
    @Override
    default long look(byte[] bytes, int from, int to) throws BadValue {
        return Numbers.integer(bytes, from, to);
    }
}
