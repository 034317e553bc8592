package dev.hypha.graph.importing;

import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;

/// A row or a column number of a Matrix Market file, from 1 to as many as its head says.
record MatrixIndex(Ids ids, long last) implements Field {
    @Override
    public long look(byte[] bytes, int from, int to) throws BadValue {
        long index = ids.look(bytes, from, to);
        if (index < 1 || index > last) {
            throw new BadValue(index + " is none of 1 to " + last);
        }
        return index;
    }

    @Override
    public long keep(long looked, byte[] bytes, int from, int to) {
        return ids.keep(looked, bytes, from, to);
    }
}
