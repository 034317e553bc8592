package dev.hypha.graph.sampling;

import java.util.Arrays;

/// The local numbers of a batch's nodes, given in the order of first appearance: open addressing, one cache line for
/// each look-up. Its size depends on the batch, not on the graph; kept from batch to batch.
final class NodeNumbers {
    private static final int SMALLEST = 1 << 10;

    /// The node in the high half, its number + 1 in the low half; 0 is free.
    private long[] slots = new long[SMALLEST];

    private int shift = Integer.numberOfLeadingZeros(SMALLEST) + 1;
    private int[] nodes = new int[SMALLEST];
    private int size;

    /// Forgets all nodes. A table that was far too large for what it held becomes smaller.
    void clear() {
        if (slots.length > SMALLEST && size < slots.length / 16) {
            allocate(slots.length / 2);
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }

    /// How many nodes have a number.
    int size() {
        return size;
    }

    /// The node of a number.
    int node(int number) {
        return nodes[number];
    }

    /// All nodes in the order of their numbers; a copy.
    int[] toArray() {
        return Arrays.copyOf(nodes, size);
    }

    /// The number of a node; a new node gets the next one.
    int number(int node) {
        int mask = slots.length - 1;
        int slot = home(node);
        for (long found = slots[slot]; found != 0; found = slots[slot]) {
            if ((int) (found >>> 32) == node) {
                return (int) found - 1;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = packed(node, size);
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        nodes[size++] = node;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    /// The number of a node, or -1 if it has none.
    int find(int node) {
        int mask = slots.length - 1;
        int slot = home(node);
        for (long found = slots[slot]; found != 0; found = slots[slot]) {
            if ((int) (found >>> 32) == node) {
                return (int) found - 1;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /// Knuth's multiplicative hashing: neighboring numbers go far apart.
    private int home(int node) {
        return (node * 0x9E3779B9) >>> shift;
    }

    private static long packed(int node, int number) {
        return (long) node << 32 | (number + 1);
    }

    private void grow() {
        allocate(Math.multiplyExact(slots.length, 2));
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = home(nodes[number]);
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = packed(nodes[number], number);
        }
    }

    private void allocate(int length) {
        slots = new long[length];
        shift = Integer.numberOfLeadingZeros(length) + 1;
    }
}
