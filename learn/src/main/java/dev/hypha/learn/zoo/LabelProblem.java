package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tensor;

/// What a [LabelMethod] is asked.
///
/// @param edges of the graph, all nodes both targets and sources
/// @param classCount how many classes there are
/// @param known the class of each node whose label may be learned from, -1 for all others; not a copy
/// @param held the class of each node on which the method may measure itself, -1 for all others; not a copy
/// @param features of all nodes, shape [nodes, width]; null where there are none
/// @param base what another method says of all nodes, shape [nodes, classCount], rows sum to 1; null where there is
/// none
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LabelProblem(
        LayerEdges edges, int classCount, int[] known, int[] held, StoredMatrix features, StoredMatrix base) {
    /// The class of a node of which nothing is known.
    public static final int UNKNOWN = -1;

    /// @throws IllegalArgumentException for parts of different graphs, or a class that there is not
    public LabelProblem {
        int nodes = edges.targets();
        requireNodes(nodes, edges.sources(), "sources");
        requireNodes(nodes, known.length, "known labels");
        requireNodes(nodes, held.length, "held labels");
        if (features != null) requireNodes(nodes, features.rows(), "rows of features");
        if (base != null) requireNodes(nodes, base.rows(), "rows of base predictions");
        if (base != null && base.cols() != classCount) {
            throw new IllegalArgumentException(
                    base.cols() + " columns of base predictions, " + classCount + " classes");
        }
        for (int label : known) requireClass(label, classCount);
        for (int label : held) requireClass(label, classCount);
    }

    private static void requireNodes(int nodes, int given, String what) {
        if (given != nodes) throw new IllegalArgumentException(given + " " + what + " for " + nodes + " nodes");
    }

    private static void requireClass(int label, int classCount) {
        if (label < UNKNOWN || label >= classCount) throw new IllegalArgumentException("there is no class " + label);
    }

    /// Number of nodes.
    public int nodes() {
        return known.length;
    }

    /// Whether a node's label may be learned from.
    public boolean knows(int node) {
        return known[node] != UNKNOWN;
    }

    /// 1 at the class of each node that is known, else 0; shape [nodes, classCount].
    Tensor labels(Context c) {
        return c.constant(nodes(), classCount, i -> known[i / classCount] == i % classCount ? 1 : 0);
    }

    /// 1 for nodes that are known, else 0, or the other way round; shape [nodes, 1].
    Tensor mask(Context c, boolean ofKnown) {
        return c.constant(nodes(), i -> knows(i) == ofKnown ? 1 : 0);
    }
}
