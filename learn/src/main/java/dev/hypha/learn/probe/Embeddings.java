package dev.hypha.learn.probe;

import dev.hypha.learn.Keys;
import dev.hypha.learn.Place;
import dev.hypha.learn.data.NodeData;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What linear graph neural networks read off a graph without parameters, of some nodes: the derived
/// embeddings of Lee et al., "NetInfoF framework", ICLR 2024, section 3.2, and two of our own where edges
/// have directions.
///
///     U = the left singular vectors of A times the roots of their values          structure
///     R = the same of W + W^2 + W^3, W = D^-1 A                                    random walks of up to three steps
///     F = the principal components of the features                                the node alone
///     N = W F,  P = W^2 F,  S = ((D + I)^-1 (A + I))^2 F                           neighbors, without and with itself
///     I, O = one and two steps along arcs and against them, of F                  directions
///
/// Departures: R from the walks' probabilities instead of 200 walks per node, which are an estimate of
/// them; columns are not scaled to the same variance, as that makes noise as large as what matters; what
/// [ReducedFeatures] says.
final class Embeddings {
    private static final int NARROW = 16;

    private final NodeData data;
    private final StoredMatrix features;
    private final int[] nodes;
    private final Place place;

    /// The embeddings by their letters.
    enum Kind {
        U("the structure's singular vectors"),
        R("random walks"),
        F("own features"),
        N("neighbors' features"),
        P("neighbors' neighbors' features"),
        S("features mixed over two hops"),
        I("features along arcs"),
        O("features against arcs");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// For people.
        String words() {
            return words;
        }
    }

    private Embeddings(NodeData data, StoredMatrix features, int[] nodes, Place place) {
        this.data = data;
        this.features = features;
        this.nodes = nodes;
        this.place = place;
    }

    /// Bytes off the heap that [#of] takes at most, beside the features: the values on the way through a
    /// step over the structure, or through one over the reduced features.
    static long bytes(NodeData data) {
        long nodes = data.nodes();
        long width = data.features().cols();
        long walked = (data.directed() ? 6 : 3) * ReducedFeatures.kept(width) * nodes;
        long features = Math.max(ReducedFeatures.numbers(nodes, width), walked);
        return Float.BYTES * Math.max(StructureVectors.numbers(nodes), features) + (1 << 16);
    }

    /// All there are, of some nodes: a row of length 1 for each.
    ///
    /// @param features of all nodes, scaled as training would
    /// @throws dev.hypha.tensor.MemoryLimitException if memory does not suffice
    static Map<Kind, float[][]> of(NodeData data, StoredMatrix features, int[] nodes, long key, Place place) {
        return new Embeddings(data, features, nodes, place).all(key);
    }

    private Map<Kind, float[][]> all(long key) {
        Map<Kind, float[][]> all = new EnumMap<>(Kind.class);
        Csr edges = data.edges().others();
        place.progress().stage("reading the structure", -1);
        all.put(Kind.U, structure(StructureVectors.ofEdges(edges, Keys.split(key, "U"), place)));
        all.put(Kind.R, structure(StructureVectors.ofWalks(edges, Keys.split(key, "R"), place)));
        place.progress().stage("reading the features", -1);
        try (Matrix f = ReducedFeatures.of(features, Keys.split(key, "F"), place)) {
            all.put(Kind.F, rows(f));
            all.put(Kind.N, read(f, x -> x.spmm(edges, Reduce.MEAN)));
            all.put(Kind.P, read(f, x -> twice(x, edges)));
            all.put(Kind.S, read(f, x -> twice(x, data.edges().looped())));
            if (data.directed()) {
                Csr into = data.edges().directions().into();
                Csr from = data.edges().directions().from();
                all.put(Kind.I, read(f, x -> x.spmm(into, Reduce.MEAN).concat(twice(x, into))));
                all.put(Kind.O, read(f, x -> x.spmm(from, Reduce.MEAN).concat(twice(x, from))));
            }
        }
        return all;
    }

    private static Tensor twice(Tensor x, Csr pattern) {
        return x.spmm(pattern, Reduce.MEAN).spmm(pattern, Reduce.MEAN);
    }

    /// @param vectors of all nodes, which are closed
    private float[][] structure(LowRank vectors) {
        try (vectors) {
            float[][] rows = gathered(vectors.vectors());
            for (float[] row : rows) {
                for (int k = 0; k < row.length; k++) row[k] *= (float) Math.sqrt(vectors.values()[k]);
                scaleToOne(row);
            }
            return rows;
        }
    }

    private float[][] read(Matrix f, UnaryOperator<Tensor> step) {
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            return rows(step.apply(tape.constant(f)).value());
        }
    }

    /// Of the nodes looked at, a row of length 1 each; the bins that numbers lie in where they are few.
    private float[][] rows(Matrix all) {
        float[][] rows = gathered(all);
        if (all.cols() <= NARROW) return Bins.of(rows);
        for (float[] row : rows) scaleToOne(row);
        return rows;
    }

    private float[][] gathered(Matrix all) {
        float[][] rows = new float[nodes.length][all.cols()];
        for (int i = 0; i < nodes.length; i++) {
            for (int j = 0; j < rows[i].length; j++) rows[i][j] = all.get(nodes[i], j);
        }
        return rows;
    }

    private static void scaleToOne(float[] row) {
        double squares = 0;
        for (float x : row) squares += x * x;
        float by = squares > 1e-24 ? (float) (1 / Math.sqrt(squares)) : 0;
        for (int k = 0; k < row.length; k++) row[k] *= by;
    }
}
