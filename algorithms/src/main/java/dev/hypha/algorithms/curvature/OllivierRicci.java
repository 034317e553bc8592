package dev.hypha.algorithms.curvature;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// The Ollivier-Ricci curvature of edges: 1 less the cost of moving one end's neighborhood onto the
/// other's.
///
/// Ollivier, "Ricci curvature of Markov chains on metric spaces", Journal of Functional Analysis 256, 2009;
/// here as Nguyen et al., "Revisiting over-smoothing and over-squashing using Ollivier-Ricci curvature",
/// ICML 2023, section 3, use it: the measure of a node lies evenly on its neighbors and not on the node
/// itself, and the distance is the number of steps, so an edge's curvature is 1 - W(m_u, m_v), between -2
/// and 1. Edges between communities have low curvature, edges inside of them high.
///
/// The transport is exact: masses are multiplied by both degrees and so are whole numbers, distances
/// between neighbors of two joined nodes are 0, 1, 2 or 3. For one thread; keeps its space from edge to
/// edge.
public final class OllivierRicci {
    /// Entries of the cost matrix of one edge.
    private static final long LARGEST = 1 << 26;

    private final SimpleGraph graph;
    private final TwoSteps twoSteps;
    private final Transport transport = new Transport();
    private final int[] mark;
    private int marking;
    private int[] rowNodes = new int[0];
    private int[] columnNodes = new int[0];

    public OllivierRicci(SimpleGraph graph) {
        this(graph, TwoSteps.of(graph, Threads.ONE));
    }

    private OllivierRicci(SimpleGraph graph, TwoSteps twoSteps) {
        this.graph = graph;
        this.twoSteps = twoSteps;
        mark = new int[graph.nodes()];
    }

    /// The curvatures of all edges, in the order of [SimpleGraph#edgeList].
    ///
    /// @throws InputException if an edge joins two hubs whose degrees multiply to more than 2^26
    public static double[] ofAll(SimpleGraph graph, Threads threads) {
        Edge[] edges = graph.edgeList();
        double[] curvatures = new double[edges.length];
        TwoSteps twoSteps = TwoSteps.of(graph, threads);
        threads.forEach(edges.length, () -> {
            OllivierRicci here = new OllivierRicci(graph, twoSteps);
            return i -> curvatures[i] = here.of(edges[i]);
        });
        return curvatures;
    }

    /// The curvature of an edge of the graph.
    public double of(Edge edge) {
        long moved = move(edge);
        return 1 - moved / ((double) graph.degree(edge.u()) * graph.degree(edge.v()));
    }

    /// The pair of a neighbor of `u` and a neighbor of `v` between which the optimal transport costs most:
    /// where BORF adds an edge. Of equal ones the first, neighbors taken in ascending order.
    ///
    /// @return null if nothing has to be moved
    public Edge costliest(Edge edge) {
        move(edge);
        long most = 0;
        Edge found = null;
        for (int row = 0; row < rowNodes.length; row++) {
            for (int column = 0; column < columnNodes.length; column++) {
                long spent = transport.plan()[row][column] * transport.cost()[row][column];
                if (spent > most) {
                    most = spent;
                    found = Edge.between(rowNodes[row], columnNodes[column]);
                }
            }
        }
        return found;
    }

    /// @return the cost of moving `degree(v)` units from each neighbor of `u` so that each neighbor of `v`
    ///     gets `degree(u)`
    private long move(Edge edge) {
        int rows = graph.degree(edge.u());
        int columns = graph.degree(edge.v());
        if ((long) rows * columns > LARGEST) {
            throw new InputException(
                    "degrees-too-large",
                    "the curvature of the edge between nodes " + edge.u() + " and " + edge.v()
                            + " needs transport from " + rows + " to " + columns + " neighbors",
                    Map.of("node", edge.u()),
                    "leave out such hubs, or choose a rewiring without curvature, such as laser");
        }
        // Where the neighborhoods overlap, what both have there may stay: distances obey the triangle inequality.
        long[] supply = left(edge.u(), edge.v());
        long[] demand = left(edge.v(), edge.u());
        rowNodes = kept(edge.u(), supply);
        columnNodes = kept(edge.v(), demand);
        transport.begin(rowNodes.length, columnNodes.length);
        for (int row = 0; row < rowNodes.length; row++) {
            distances(rowNodes[row], transport.cost()[row]);
        }
        return transport.solve(positive(supply), positive(demand));
    }

    /// How many units have to leave each neighbor of a node, or come there: as many as the other end has
    /// neighbors, less what the other end wants or has there.
    private long[] left(int node, int other) {
        long own = graph.degree(other);
        long there = graph.degree(node);
        long[] units = new long[graph.degree(node)];
        for (int i = 0; i < units.length; i++) {
            units[i] = graph.joined(other, neighbor(node, i)) ? Math.max(0, own - there) : own;
        }
        return units;
    }

    private int[] kept(int node, long[] units) {
        return IntStream.range(0, units.length)
                .filter(i -> units[i] > 0)
                .map(i -> neighbor(node, i))
                .toArray();
    }

    private static long[] positive(long[] units) {
        return Arrays.stream(units).filter(each -> each > 0).toArray();
    }

    private int neighbor(int node, int index) {
        return graph.neighbors()[graph.offsets()[node] + index];
    }

    /// The steps from a node to each column's: never more than 3, since the node is a neighbor of the other end.
    private void distances(int node, int[] distances) {
        marking++;
        for (int i = graph.offsets()[node]; i < graph.offsets()[node + 1]; i++) {
            mark[graph.neighbors()[i]] = marking;
        }
        for (int column = 0; column < columnNodes.length; column++) {
            int other = columnNodes[column];
            if (other == node) {
                distances[column] = 0;
            } else if (mark[other] == marking) {
                distances[column] = 1;
            } else {
                distances[column] = twoSteps.apart(node, other) ? 2 : 3;
            }
        }
    }
}
