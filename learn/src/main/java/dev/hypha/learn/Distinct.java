package dev.hypha.learn;

import java.util.Arrays;

/// The distinct values among some node numbers, in the order of their first appearance.
///
/// One table may stand in many seeds' trees of a batch; what depends on the row alone is worked out once per distinct
/// row.
final class Distinct {
    private final int[] values;
    private final int[] positions;

    private Distinct(int[] values, int[] positions) {
        this.values = values;
        this.positions = positions;
    }

    /// The distinct values.
    int[] values() {
        return values;
    }

    /// For each number given, where it stands in [#values].
    int[] positions() {
        return positions;
    }

    /// Open addressing in a table at most half full: the cost depends on the batch, not on the size of the graph.
    static Distinct of(int[] nodes) {
        int mask = Math.max(2, Integer.highestOneBit(Math.max(1, nodes.length)) * 4) - 1;
        int[] slots = new int[mask + 1];
        int[] values = new int[nodes.length];
        int[] positions = new int[nodes.length];
        int count = 0;
        for (int i = 0; i < nodes.length; i++) {
            int slot = ((nodes[i] * 0x9E3779B9) >>> 7) & mask;
            while (slots[slot] != 0 && values[slots[slot] - 1] != nodes[i]) slot = (slot + 1) & mask;
            if (slots[slot] == 0) {
                values[count] = nodes[i];
                slots[slot] = ++count;
            }
            positions[i] = slots[slot] - 1;
        }
        return new Distinct(Arrays.copyOf(values, count), positions);
    }
}
