package dev.hypha.graph.sampling;

import java.util.Arrays;

/// A growing list of ints, without boxing.
final class IntList {
    private int[] values = new int[16];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    /// A copy as an array.
    int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /// Copies the list to `target[at ..]`.
    void copyTo(int[] target, int at) {
        System.arraycopy(values, 0, target, at, size);
    }
}
