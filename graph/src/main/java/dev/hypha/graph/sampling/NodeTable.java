package dev.hypha.graph.sampling;

/// Where each node of one seed's tree stands: a map from (node type, node) to an int, open addressing without boxing.
/// Emptied in constant time, because it is used for one seed after the other.
final class NodeTable {
    static final int ABSENT = -1;

    private long[] keys;
    private int[] places;
    private int[] rounds;
    private int round = 1;
    private int size;

    NodeTable(int capacity) {
        allocate(capacity);
    }

    void clear() {
        round++;
        size = 0;
    }

    /// The place of a node; where it has none it gets this one, and the answer is [#ABSENT].
    int putIfAbsent(int nodeType, int node, int place) {
        if (size * 2 >= keys.length) {
            grow();
        }
        return put((long) nodeType << 32 | node, place);
    }

    private int put(long key, int place) {
        int mask = keys.length - 1;
        int slot = (int) Mixing.mix(key) & mask;
        while (rounds[slot] == round) {
            if (keys[slot] == key) {
                return places[slot];
            }
            slot = (slot + 1) & mask;
        }
        rounds[slot] = round;
        keys[slot] = key;
        places[slot] = place;
        size++;
        return ABSENT;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldPlaces = places;
        int[] oldRounds = rounds;
        int oldRound = round;
        allocate(keys.length * 2);
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldRounds[slot] == oldRound) {
                put(oldKeys[slot], oldPlaces[slot]);
            }
        }
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        places = new int[capacity];
        rounds = new int[capacity];
        round = 1;
        size = 0;
    }
}
