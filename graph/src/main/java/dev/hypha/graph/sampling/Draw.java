package dev.hypha.graph.sampling;

/// Draws a few distinct positions out of many: R. Floyd's algorithm (Bentley and Floyd, "Programming pearls: a sample
/// of brilliance", CACM 1987), which needs as many random numbers as positions, however many there are to choose from.
final class Draw {
    /// Up to here reading through what was drawn is faster than a table.
    private static final int FEW = 24;

    private final NodeTable seen = new NodeTable(256);
    private int[] drawn = new int[64];

    /// Draws `count` distinct positions below `bound`, each set equally likely.
    ///
    /// @return the positions in no particular order, valid until the next call; the array may be longer
    int[] distinct(int count, int bound, long key) {
        if (count > drawn.length) {
            drawn = new int[Math.max(count, (int) Math.min(Integer.MAX_VALUE - 8, count * 2L))];
        }
        if (count <= FEW) {
            few(count, bound, key);
        } else {
            many(count, bound, key);
        }
        return drawn;
    }

    private void few(int count, int bound, long key) {
        for (int i = 0; i < count; i++) {
            int last = bound - count + i;
            int candidate = Mixing.below(last + 1, key, i);
            boolean fresh = true;
            for (int j = 0; j < i; j++) {
                fresh &= drawn[j] != candidate;
            }
            drawn[i] = fresh ? candidate : last;
        }
    }

    private void many(int count, int bound, long key) {
        seen.clear();
        for (int i = 0; i < count; i++) {
            int last = bound - count + i;
            int candidate = Mixing.below(last + 1, key, i);
            boolean fresh = seen.putIfAbsent(0, candidate, i) == NodeTable.ABSENT;
            drawn[i] = fresh ? candidate : last;
            if (!fresh) {
                seen.putIfAbsent(0, last, i);
            }
        }
    }
}
