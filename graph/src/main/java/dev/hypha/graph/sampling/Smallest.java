package dev.hypha.graph.sampling;

import java.util.Arrays;

/// The items with the smallest keys among those offered, equal keys by their item: a bounded heap, the
/// largest on top.
final class Smallest {
    private double[] keys = new double[64];
    private int[] items = new int[64];
    private int most;
    private int size;

    /// Begins anew, to keep that many at most.
    void clear(int count) {
        most = count;
        size = 0;
    }

    /// How many were kept.
    int size() {
        return size;
    }

    /// True if an item of that key would not be kept, whatever its number.
    boolean refuses(double key) {
        return size == most && (size == 0 || key > keys[0]);
    }

    void offer(double key, int item) {
        if (size < most) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                items = Arrays.copyOf(items, size * 2);
            }
            up(size++, key, item);
        } else if (size > 0 && before(key, item, 0)) {
            down(key, item);
        }
    }

    /// Takes the largest of the kept away; the answer is its key.
    double removeLargest() {
        double largest = keys[0];
        size--;
        down(keys[size], items[size]);
        return largest;
    }

    /// The kept items in ascending order of their numbers.
    ///
    /// @return valid until the next call of any method; the array may be longer
    int[] byItem() {
        Arrays.sort(items, 0, size);
        return items;
    }

    /// Takes all away, in ascending order of their keys.
    int[] byKey() {
        int[] sorted = new int[size];
        while (size > 0) {
            sorted[size - 1] = items[0];
            removeLargest();
        }
        return sorted;
    }

    private boolean before(double key, int item, int place) {
        return key < keys[place] || (key == keys[place] && item < items[place]);
    }

    private void up(int from, double key, int item) {
        int place = from;
        while (place > 0 && !before(key, item, (place - 1) / 2)) {
            move((place - 1) / 2, place);
            place = (place - 1) / 2;
        }
        set(place, key, item);
    }

    private void down(double key, int item) {
        int place = 0;
        for (int child = 1; child < size; child = place * 2 + 1) {
            if (child + 1 < size && before(keys[child], items[child], child + 1)) {
                child++;
            }
            if (!before(key, item, child)) {
                break;
            }
            move(child, place);
            place = child;
        }
        set(place, key, item);
    }

    private void move(int from, int to) {
        set(to, keys[from], items[from]);
    }

    private void set(int place, double key, int item) {
        keys[place] = key;
        items[place] = item;
    }
}
