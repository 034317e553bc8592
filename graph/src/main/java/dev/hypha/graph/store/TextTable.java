package dev.hypha.graph.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Distinct texts on disk, numbered in their order as unsigned bytes of UTF-8, to be looked up either way.
final class TextTable {
    private final MemorySegment index;
    private final MemorySegment text;

    /// @param index int64 per text and one more
    TextTable(MemorySegment index, MemorySegment text) {
        this.index = index;
        this.text = text;
    }

    int count() {
        return (int) (index.byteSize() / Long.BYTES - 1);
    }

    String get(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    /// The number of a text, or -1.
    int find(String wanted) {
        byte[] bytes = wanted.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(bytes(middle), bytes);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// What is wrong with the order or the index, or an empty string.
    String problem() {
        if (at(0) != 0 || at(count()) != text.byteSize()) {
            return "its index does not cover its text";
        }
        for (int i = 0; i < count(); i++) {
            if (at(i) > at(i + 1L)) {
                return "its index falls at " + i;
            }
        }
        for (int i = 1; i < count(); i++) {
            if (Arrays.compareUnsigned(bytes(i - 1), bytes(i)) >= 0) {
                return "text " + i + " does not come after the one before it";
            }
        }
        return "";
    }

    private byte[] bytes(int number) {
        long from = at(number);
        return text.asSlice(from, at(number + 1L) - from).toArray(ValueLayout.JAVA_BYTE);
    }

    private long at(long number) {
        return index.getAtIndex(ValueLayout.JAVA_LONG, number);
    }
}
