package dev.hypha.graph.sampling;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.EdgeType;
import dev.hypha.graph.Graph;
import dev.hypha.graph.Visibility;
import java.util.Arrays;
import java.util.List;

/// The trees of a batch's seeds, grown one after the other.
///
/// Nodes are kept by hop and type, so a node's place is (position, hop), packed into one int. The rows of hop h are
/// expanded in the order of their positions, so the degrees and sources of an edge type stand in that order too.
final class Trees {
    static final int MOST_HOPS = 7;
    private static final int HOP_BITS = 3;

    private final Graph graph;
    private final List<EdgeType> edgeTypes;
    private final int[] fanouts;
    private final Pick pick;
    private final IntList[][] nodes;
    private final IntList[][] seedOf;
    private final IntList[][] degrees;
    private final IntList[][] sources;
    private final NodeTable places = new NodeTable(1 << 10);
    private final Draw draw = new Draw();
    private int seed;
    private long cutoff;
    private long key;

    Trees(Graph graph, int[] fanouts, Pick pick) {
        this.graph = graph;
        this.edgeTypes = graph.edgeTypes();
        this.fanouts = fanouts;
        this.pick = pick;
        int types = graph.nodeTypes().size();
        nodes = lists(fanouts.length + 1, types);
        seedOf = lists(fanouts.length + 1, types);
        degrees = lists(fanouts.length, edgeTypes.size());
        sources = lists(fanouts.length, edgeTypes.size());
    }

    static int position(int place) {
        return place >>> HOP_BITS;
    }

    static int hop(int place) {
        return place & MOST_HOPS;
    }

    IntList nodes(int hop, int nodeType) {
        return nodes[hop][nodeType];
    }

    IntList seedOf(int hop, int nodeType) {
        return seedOf[hop][nodeType];
    }

    /// How many neighbors each row of that hop got.
    IntList degrees(int hop, int edgeType) {
        return degrees[hop][edgeType];
    }

    /// The places of those neighbors.
    IntList sources(int hop, int edgeType) {
        return sources[hop][edgeType];
    }

    /// Grows the tree of one more seed. What it draws depends on the key, the node and the cut-off, not on the batch.
    void grow(int index, int nodeType, int node, long limit, long batchKey) {
        seed = index;
        cutoff = limit;
        key = Mixing.split(Mixing.split(batchKey, node), limit);
        places.clear();
        int[][] starts = new int[fanouts.length][];
        for (int hop = 0; hop < fanouts.length; hop++) {
            starts[hop] = sizes(nodes[hop]);
        }
        place(0, nodeType, Visibility.visible(graph.time(nodeType, node), limit) ? node : Subgraph.UNSEEN);
        for (int hop = 0; hop < fanouts.length; hop++) {
            expand(hop, starts[hop]);
        }
    }

    private void expand(int hop, int[] starts) {
        for (int type = 0; type < edgeTypes.size(); type++) {
            int target = edgeTypes.get(type).target();
            IntList rows = nodes[hop][target];
            for (int row = starts[target]; row < rows.size(); row++) {
                int node = rows.get(row);
                degrees[hop][type].add(node == Subgraph.UNSEEN ? 0 : neighbors(hop, type, node));
            }
        }
    }

    /// Takes neighbors of one node.
    ///
    /// @return how many
    private int neighbors(int hop, int edgeType, int node) {
        Adjacency adjacency = graph.neighbors(edgeType);
        long begin = adjacency.begin(node);
        int visible = (int) (adjacency.visibleEnd(node, cutoff) - begin);
        int fanout = fanouts[hop];
        int taken = fanout < 0 ? visible : Math.min(fanout, visible);
        if (taken == visible || pick == Pick.LAST) {
            for (long i = begin + visible - taken; i < begin + visible; i++) {
                take(hop, edgeType, adjacency.source(i));
            }
        } else {
            int[] drawn = draw.distinct(taken, visible, Mixing.split(Mixing.split(key, edgeType), node));
            for (int i = 0; i < taken; i++) {
                take(hop, edgeType, adjacency.source(begin + drawn[i]));
            }
        }
        return taken;
    }

    private void take(int hop, int edgeType, int source) {
        int known = place(hop + 1, edgeTypes.get(edgeType).source(), source);
        sources[hop][edgeType].add(known);
    }

    /// The place of a node in this seed's tree; a new node gets the next one of that hop.
    private int place(int hop, int nodeType, int node) {
        int next = Math.multiplyExact(nodes[hop][nodeType].size(), 1 << HOP_BITS) | hop;
        int known = places.putIfAbsent(nodeType, node, next);
        if (known != NodeTable.ABSENT) {
            return known;
        }
        nodes[hop][nodeType].add(node);
        seedOf[hop][nodeType].add(seed);
        return next;
    }

    private static int[] sizes(IntList[] lists) {
        int[] sizes = new int[lists.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = lists[i].size();
        }
        return sizes;
    }

    private static IntList[][] lists(int hops, int types) {
        IntList[][] lists = new IntList[hops][types];
        for (IntList[] each : lists) {
            Arrays.setAll(each, type -> new IntList());
        }
        return lists;
    }
}
