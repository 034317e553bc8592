package dev.hypha.graph.importing;

import java.util.Arrays;

/// Multikey quicksort of texts. Bentley and Sedgewick, "Fast algorithms for sorting and searching strings",
/// SODA 1997.
final class TextSort {
    private static final int FEW = 12;

    private final TextSet texts;
    private int[] order;

    TextSort(TextSet texts) {
        this.texts = texts;
    }

    /// Sorts numbers of distinct texts by the texts as unsigned bytes.
    void sort(int[] numbers) {
        order = numbers;
        sort(0, numbers.length, 0);
    }

    /// Sorts a range whose texts have their first bytes in common. Goes on in a loop where texts have many
    /// more in common, so that the stack is not as deep as texts are long.
    private void sort(int begin, int end, int depth) {
        int from = begin;
        int to = end;
        int at = depth;
        while (to - from > FEW) {
            int pivot = middle(at(from, at), at((from + to) >>> 1, at), at(to - 1, at));
            int low = from;
            int high = to;
            for (int i = from; i < high; ) {
                int here = at(i, at);
                if (here < pivot) {
                    swap(low++, i++);
                } else if (here > pivot) {
                    swap(i, --high);
                } else {
                    i++;
                }
            }
            sort(from, low, at);
            sort(high, to, at);
            if (pivot < 0) {
                return;
            }
            from = low;
            to = high;
            at++;
        }
        insert(from, to);
    }

    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && compare(order[j - 1], order[j]) > 0; j--) {
                swap(j, j - 1);
            }
        }
    }

    private int compare(int one, int other) {
        byte[] bytes = texts.bytes();
        return Arrays.compareUnsigned(
                bytes, texts.begin(one), texts.end(one), bytes, texts.begin(other), texts.end(other));
    }

    /// The byte of a text at a depth, -1 after its end.
    private int at(int place, int depth) {
        int text = order[place];
        int at = texts.begin(text) + depth;
        return at < texts.end(text) ? texts.bytes()[at] & 0xFF : -1;
    }

    private static int middle(int a, int b, int c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}
