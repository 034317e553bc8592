package dev.hypha.graph;

/// The deep check of one edge type: see [Graph#check].
final class AdjacencyCheck {
    private final Graph graph;
    private final EdgeType type;
    private final int index;
    private final Adjacency adjacency;

    AdjacencyCheck(Graph graph, int index) {
        this.graph = graph;
        this.type = graph.edgeTypes().get(index);
        this.index = index;
        this.adjacency = graph.neighbors(index);
    }

    void run() {
        offsets();
        for (int target = 0; target < adjacency.targets(); target++) {
            neighborsOf(target);
        }
        graph.reverse(index).ifPresent(this::transpose);
        adjacency
                .checksum()
                .ifPresent(sum -> require(adjacency.checksumNow() == sum, "the edges do not match their checksum"));
    }

    private void offsets() {
        int targets = graph.nodeTypes().get(type.target()).count();
        require(adjacency.targets() == targets, "offsets for another number of targets than " + targets);
        long last = 0;
        for (int target = 0; target < targets; target++) {
            require(adjacency.begin(target) == last, "the list of target " + target + " does not begin at " + last);
            last = adjacency.end(target);
            require(last >= adjacency.begin(target), "offsets fall at target " + target);
        }
        require(last == adjacency.edges(), "the offsets end at " + last + " of " + adjacency.edges() + " edges");
    }

    private void neighborsOf(int target) {
        int count = graph.nodeTypes().get(type.source()).count();
        for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
            int source = adjacency.source(i);
            require(source >= 0 && source < count, "target " + target + " has no source " + source);
            if (i > adjacency.begin(target)) {
                require(ordered(adjacency.source(i - 1), source), "the sources of target " + target + " are unordered");
            }
        }
    }

    private boolean ordered(int before, int after) {
        long first = graph.time(type.source(), before);
        long second = graph.time(type.source(), after);
        return first < second || (first == second && before <= after);
    }

    private void transpose(int reverse) {
        EdgeType other = graph.edgeTypes().get(reverse);
        require(
                other.source() == type.target() && other.target() == type.source(),
                other.name() + " joins other node types");
        require(
                edgeSum(adjacency, false) == edgeSum(graph.neighbors(reverse), true),
                "it is not the transpose of " + other.name());
    }

    /// A sum that is equal for equal sets of edges, in whatever order they stand.
    private static long edgeSum(Adjacency adjacency, boolean reversed) {
        long sum = 0;
        for (int target = 0; target < adjacency.targets(); target++) {
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                int source = adjacency.source(i);
                sum += reversed ? Checksums.ofEdge(target, source) : Checksums.ofEdge(source, target);
            }
        }
        return sum;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new CorruptGraphException(type.name(), problem);
        }
    }
}
