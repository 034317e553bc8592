package dev.hypha.graph.importing;

/// The order in which neighbors of one node type are listed: by (time, number).
///
/// @param rank of each node; null where that is its number
/// @param node at each rank; null where that is the rank
@SuppressWarnings("ArrayRecordComponent") // never compared
record Ordering(int[] rank, int[] node) {
    /// Nodes in the order of their numbers.
    static final Ordering BY_NUMBER = new Ordering(null, null);

    /// Nodes in a given order.
    ///
    /// @param order the nodes, first to last
    static Ordering of(int[] order) {
        int[] rank = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
        }
        return new Ordering(rank, order);
    }

    int rankOf(int node) {
        return rank == null ? node : rank[node];
    }

    int nodeAt(int rank) {
        return node == null ? rank : node[rank];
    }
}
