package dev.hypha.graph.sampling;

/// Draws numbers in proportion to weights in constant time: Walker's alias method, built as by Vose, "A
/// linear algorithm for generating random numbers with a given distribution", IEEE Transactions on Software
/// Engineering 1991.
final class AliasTable {
    static final int NONE = -1;

    private final double[] keep;
    private final int[] alias;
    private final boolean empty;

    /// @param weights finite, not negative
    AliasTable(double[] weights) {
        int count = weights.length;
        keep = new double[count];
        alias = new int[count];
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        empty = !(sum > 0);
        if (!empty) {
            fill(weights, count / sum);
        }
    }

    /// A number, or [#NONE] if all weights are 0.
    int draw(long key) {
        if (empty) {
            return NONE;
        }
        int slot = Mixing.below(keep.length, key, 0);
        return Mixing.unit(key, 1) < keep[slot] ? slot : alias[slot];
    }

    /// Slots below the average at the front of one list, the others at its end; each of the former gets one
    /// of the latter to share with.
    private void fill(double[] weights, double scale) {
        int count = weights.length;
        int[] list = new int[count];
        int poor = 0;
        int rich = count;
        int largest = 0;
        for (int i = 0; i < count; i++) {
            keep[i] = weights[i] * scale;
            alias[i] = i;
            largest = weights[i] > weights[largest] ? i : largest;
            if (keep[i] < 1) {
                list[poor++] = i;
            } else {
                list[--rich] = i;
            }
        }
        while (poor > 0 && rich < count) {
            int small = list[--poor];
            int large = list[rich];
            alias[small] = large;
            keep[large] -= 1 - keep[small];
            if (keep[large] < 1) {
                rich++;
                list[poor++] = large;
            }
        }
        while (poor > 0) {
            // What is left but for rounding is full; a weight of 0 must not become likely by it.
            int small = list[--poor];
            alias[small] = largest;
            keep[small] = weights[small] > 0 ? 1 : 0;
        }
    }
}
