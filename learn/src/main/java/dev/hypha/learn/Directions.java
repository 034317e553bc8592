package dev.hypha.learn;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Scaling;
import java.util.Arrays;

/// Both directions of a layer's edges, for models that tell them apart: who leads to a target, and whom it leads to.
/// Where a graph has no directions every edge goes both ways. Optional beside the edges of a layer, see
/// [LayerEdges#directions].
///
/// @param into targets x sources: row i lists the nodes that lead to i
/// @param from targets x sources: row i lists the nodes that i leads to
/// @param inDegrees how many arcs lead to each source in the whole graph
/// @param outDegrees how many arcs lead from each source in the whole graph
// Arrays as components: read by models and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Directions(Csr into, Csr from, int[] inDegrees, int[] outDegrees) {
    /// A way over arcs, as seen from the node that gathers messages.
    public enum Way {
        /// From the nodes that lead to a node.
        INTO,
        /// From the nodes that a node leads to: against the arcs.
        FROM
    }

    /// Both directions of all arcs of a graph.
    ///
    /// @param arcs targets x sources, the same nodes: row i lists the nodes that lead to i
    public static Directions of(Csr arcs) {
        Csr back = arcs.transpose();
        Csr from = new Csr(back.rows(), back.cols(), back.offsets(), back.indices());
        return new Directions(arcs, from, degrees(arcs), degrees(from));
    }

    private static int[] degrees(Csr pattern) {
        int[] degrees = new int[pattern.rows()];
        for (int i = 0; i < degrees.length; i++) degrees[i] = pattern.degree(i);
        return degrees;
    }

    /// What of a whole graph's arcs lies under edges that were sampled from it without regard to direction.
    ///
    /// @param nodes the whole graph's number of each source
    /// @param edges targets x sources
    Directions under(int[] nodes, Csr edges) {
        return new Directions(
                under(into, nodes, edges), under(from, nodes, edges), some(inDegrees, nodes), some(outDegrees, nodes));
    }

    private static Csr under(Csr whole, int[] nodes, Csr edges) {
        int[] offsets = new int[edges.rows() + 1];
        int[] sources = new int[edges.edges()];
        for (int i = 0; i < edges.rows(); i++) {
            int at = offsets[i];
            int start = whole.offsets()[nodes[i]];
            int end = whole.offsets()[nodes[i] + 1];
            for (int e = edges.offsets()[i]; e < edges.offsets()[i + 1]; e++) {
                int j = edges.indices()[e];
                if (Arrays.binarySearch(whole.indices(), start, end, nodes[j]) >= 0) sources[at++] = j;
            }
            offsets[i + 1] = at;
        }
        return new Csr(edges.rows(), edges.cols(), offsets, sources);
    }

    private static int[] some(int[] degrees, int[] nodes) {
        return Arrays.stream(nodes).map(node -> degrees[node]).toArray();
    }

    /// Those of the first targets, over the first sources.
    Directions prefix(int targets, int sources) {
        return new Directions(into.prefix(targets, sources), from.prefix(targets, sources), inDegrees, outDegrees);
    }

    /// Targets x sources: the rows list whom each target hears from.
    public Csr pattern(Way way) {
        return way == Way.INTO ? into : from;
    }

    /// How many arcs each source gathers over in the whole graph.
    public int[] degrees(Way way) {
        return way == Way.INTO ? inDegrees : outDegrees;
    }

    /// The constant factors of [LayerEdges#gathered].
    Scaling scaling(Way way, double exponent) {
        int[] degrees = degrees(way);
        int[] others = degrees(way == Way.INTO ? Way.FROM : Way.INTO);
        Csr pattern = pattern(way);
        float[] targets = new float[pattern.rows()];
        for (int i = 0; i < targets.length; i++) {
            int met = pattern.degree(i);
            targets[i] = met == 0 ? 1 : power(degrees[i], exponent) * degrees[i] / met;
        }
        float[] sources = new float[pattern.cols()];
        for (int j = 0; j < sources.length; j++) sources[j] = power(others[j], exponent);
        return new Scaling(sources, targets);
    }

    private static float power(int degree, double exponent) {
        return (float) Math.pow(Math.max(1, degree), -exponent);
    }
}
