package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.Objects;

/// Makes [Blocks] hop by hop: the edges of each row in turn with the graph's numbers, which a second pass
/// over the hop then replaces by local ones. Two passes, because the memory reads of each are independent
/// of one another and overlap.
///
/// One for each thread, used for one batch after the other, so that sampling allocates little more than its
/// result.
final class BlocksBuilder {
    private static final ThreadLocal<BlocksBuilder> OF_THREAD = ThreadLocal.withInitial(BlocksBuilder::new);
    private static final int SMALLEST = 1 << 10;

    private final NodeNumbers numbers = new NodeNumbers();
    private final Draw draw = new Draw();
    private final Smallest smallest = new Smallest();
    private final LaborLayer laborLayer = new LaborLayer();
    private int[] seedRows = {};
    private int[] ends = {};
    private int[] offsets = new int[SMALLEST];
    private int[] sources = new int[SMALLEST];
    private long[] positions = new long[SMALLEST];
    private float[] weights = new float[SMALLEST];
    private boolean weighted;
    private int hop;
    private int row;
    private int numbered;
    private int edges;

    private BlocksBuilder() {}

    /// Begins a batch with the builder of this thread.
    ///
    /// @param weighted whether the edges will have weights
    static BlocksBuilder begin(Neighbors graph, int[] seeds, int hops, boolean weighted) {
        BlocksBuilder builder = OF_THREAD.get();
        builder.numbers.clear();
        builder.hop = 0;
        builder.row = 0;
        builder.numbered = 0;
        builder.edges = 0;
        builder.weighted = weighted;
        builder.ends = new int[hops + 1];
        builder.seedRows = new int[seeds.length];
        int targets = graph.targets();
        for (int i = 0; i < seeds.length; i++) {
            builder.seedRows[i] = builder.numbers.number(Objects.checkIndex(seeds[i], targets));
        }
        builder.ends[0] = builder.numbers.size();
        return builder;
    }

    /// Scratch for drawing.
    Draw draw() {
        return draw;
    }

    /// Scratch for choosing.
    Smallest smallest() {
        return smallest;
    }

    /// Scratch for importance sampling.
    LaborLayer laborLayer() {
        return laborLayer;
    }

    /// Samples hop by hop, row by row.
    Blocks expand(Row neighbors) {
        while (hop + 1 < ends.length) {
            int end = end();
            for (int row = first(); row < end; row++) {
                neighbors.add(hop, node(row));
                endRow();
            }
            endHop();
        }
        return blocks();
    }

    /// What adds the neighbors of one row.
    @FunctionalInterface
    interface Row {
        void add(int hop, int node);
    }

    /// The current hop.
    int hop() {
        return hop;
    }

    /// The first local node of the current hop.
    int first() {
        return row;
    }

    /// The local node after the last one of the current hop.
    int end() {
        return ends[hop];
    }

    /// The graph's number of a local node.
    int node(int local) {
        return numbers.node(local);
    }

    /// Whether a node of the graph has a local number.
    boolean has(int node) {
        return numbers.find(node) >= 0;
    }

    /// Makes room for that many more edges. To be called before [#add].
    void reserve(int more) {
        int wanted = Math.addExact(edges, more);
        if (wanted > sources.length) {
            int length = Math.max(wanted, (int) Math.min(Integer.MAX_VALUE - 8, sources.length * 2L));
            sources = Arrays.copyOf(sources, length);
            positions = Arrays.copyOf(positions, length);
            weights = Arrays.copyOf(weights, weighted ? length : weights.length);
        }
        if (weighted && wanted > weights.length) {
            weights = Arrays.copyOf(weights, sources.length);
        }
    }

    /// Adds an edge of the current row.
    void add(int source, long position) {
        sources[edges] = source;
        positions[edges++] = position;
    }

    /// Adds an edge with a weight.
    void add(int source, long position, float weight) {
        weights[edges] = weight;
        add(source, position);
    }

    /// Ends the current row.
    void endRow() {
        if (row + 1 >= offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[++row] = edges;
    }

    /// Ends the current hop: gives its sources local numbers, the new ones among them being the rows of the
    /// next hop.
    void endHop() {
        for (; numbered < edges; numbered++) {
            sources[numbered] = numbers.number(sources[numbered]);
        }
        ends[++hop] = numbers.size();
    }

    /// What was built. The builder may then begin another batch.
    Blocks blocks() {
        return blocks(Arrays.copyOf(positions, edges));
    }

    /// The same where the edges are not the graph's.
    Blocks blocksWithoutPositions() {
        return blocks(new long[0]);
    }

    private Blocks blocks(long[] at) {
        return new Blocks(
                seedRows,
                numbers.toArray(),
                new int[0],
                ends,
                Arrays.copyOf(offsets, row + 1),
                Arrays.copyOf(sources, edges),
                weighted ? Arrays.copyOf(weights, edges) : new float[0],
                at);
    }
}
