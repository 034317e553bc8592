package dev.hypha.graph;

/// The edges of one type as each target's list of source neighbors, read by position: what samplers walk on.
///
/// The list of a target stands at the positions `begin(target) .. end(target)-1`; positions number the edges
/// of the whole graph and are 64-bit. An [Adjacency] is one as it stands, plain arrays become one by
/// [NeighborLists]. Any number of threads may read it.
public interface Neighbors {
    /// How many targets there are. Where targets and sources are of one node type, the number of nodes.
    int targets();

    /// How many edges there are.
    long edges();

    /// The position of a target's first neighbor.
    long begin(int target);

    /// The position after a target's last neighbor.
    long end(int target);

    /// The neighbor at a position.
    int source(long position);

    /// True if every list ascends by the number of the source.
    boolean sorted();

    /// True if [#weight] is worth asking.
    default boolean weighted() {
        return false;
    }

    /// The weight of the edge at a position: finite and not negative; 1 in a graph without weights.
    default float weight(long position) {
        return 1;
    }

    /// The length of a target's list.
    default int degree(int target) {
        return Math.toIntExact(end(target) - begin(target));
    }

    /// True if `source` is in the list of `target`: by binary search in a sorted graph, else by reading the
    /// list.
    default boolean contains(int target, int source) {
        long low = begin(target);
        long high = end(target);
        if (!sorted()) {
            while (low < high && source(low) != source) {
                low++;
            }
            return low < high;
        }
        while (low < high) {
            long middle = (low + high) >>> 1;
            int found = source(middle);
            if (found == source) {
                return true;
            }
            if (found < source) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return false;
    }

    /// The same edges with weights, one for each position; the array itself.
    ///
    /// @throws IllegalArgumentException for another number of weights, or one that is negative or not finite
    default Neighbors withWeights(float[] weights) {
        return new WeightedNeighbors(this, weights);
    }
}
