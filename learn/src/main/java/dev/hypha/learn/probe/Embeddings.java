package dev.hypha.learn.probe;

import dev.hypha.learn.Keys;
import dev.hypha.learn.Place;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.probe.LowRank.LinearMap;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
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
/// them; principal components from at most 1,000 nodes; columns are not scaled to the same variance, as
/// that makes noise as large as what matters. Narrow features are not reduced: each column is cut into
/// eight bins of equally many nodes.
final class Embeddings {
    private static final int STRUCTURE = 64;
    private static final int FEATURES = 128;
    private static final int NARROW = 16;
    private static final int SAMPLE = 1000;
    private static final long SAMPLED_NUMBERS = 1 << 26;

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
        long structure = 7L * (STRUCTURE + LowRank.BEYOND) * nodes;
        long width = data.features().cols();
        long kept = Math.min(width, FEATURES);
        long sample = Math.min(nodes, most(width));
        long axes = width <= FEATURES ? 0 : 4 * (width + sample) * (FEATURES + LowRank.BEYOND);
        long walked = (data.directed() ? 6 : 3) * kept * nodes;
        return Float.BYTES * Math.max(structure, Math.max(2 * width * sample + axes, walked)) + (1 << 16);
    }

    /// How many nodes features are reduced by.
    private static int most(long width) {
        return Math.clamp(SAMPLED_NUMBERS / width, 100, SAMPLE);
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
        all.put(Kind.U, structure(steps(edges), Keys.split(key, "U")));
        all.put(Kind.R, structure(walks(edges), Keys.split(key, "R")));
        place.progress().stage("reading the features", -1);
        try (Matrix f = reduced(Keys.split(key, "F"))) {
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

    private float[][] structure(LinearMap map, long key) {
        try (LowRank found = LowRank.of(map, STRUCTURE, key, place)) {
            float[][] rows = gathered(found.vectors());
            for (float[] row : rows) {
                for (int k = 0; k < row.length; k++) row[k] *= (float) Math.sqrt(found.values()[k]);
                scaleToOne(row);
            }
            return rows;
        }
    }

    /// A, which is its own transpose.
    private LinearMap steps(Csr edges) {
        return new GraphMap(edges.rows(), x -> x.spmm(edges, Reduce.SUM), x -> x.spmm(edges, Reduce.SUM));
    }

    private LinearMap walks(Csr edges) {
        // The same entries transposed as rows of their own: the factors of a mean go with the sources there.
        float[] inverse = edges.inverseDegrees();
        return new GraphMap(
                edges.rows(),
                x -> summed(x, y -> y.spmm(edges, Reduce.MEAN)),
                x -> summed(x, y -> y.spmm(edges, new Scaling(inverse, null))));
    }

    private static Tensor summed(Tensor x, UnaryOperator<Tensor> step) {
        Tensor one = step.apply(x);
        Tensor two = step.apply(one);
        return one.plus(two).plus(step.apply(two));
    }

    /// A map over nodes that a tape runs.
    private final class GraphMap implements LinearMap {
        private final int nodeCount;
        private final UnaryOperator<Tensor> forward;
        private final UnaryOperator<Tensor> back;

        GraphMap(int nodeCount, UnaryOperator<Tensor> forward, UnaryOperator<Tensor> back) {
            this.nodeCount = nodeCount;
            this.forward = forward;
            this.back = back;
        }

        @Override
        public int rows() {
            return nodeCount;
        }

        @Override
        public int cols() {
            return nodeCount;
        }

        @Override
        public void forward(Matrix x, Matrix out) {
            run(x, forward, out);
        }

        @Override
        public void back(Matrix y, Matrix out) {
            run(y, back, out);
        }
    }

    private void run(Matrix x, UnaryOperator<Tensor> step, Matrix out) {
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            out.copyFrom(step.apply(tape.constant(x)).value());
        }
    }

    private float[][] read(Matrix f, UnaryOperator<Tensor> step) {
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            return rows(step.apply(tape.constant(f)).value());
        }
    }

    /// F of all nodes; the caller's to close. Centered, and divided by each column's deviation where they
    /// are few.
    private Matrix reduced(long key) {
        int width = features.cols();
        int[] order = Keys.permutation(features.rows(), key);
        int[] sample = Arrays.copyOf(order, Math.min(most(width), order.length));
        try (Matrix some = sampled(sample)) {
            double[] means = center(some);
            double[][] axes = width <= FEATURES ? deviations(some) : components(some, key);
            return projected(axes, means);
        }
    }

    private Matrix sampled(int[] sample) {
        Matrix out = Matrix.of(place.memory(), Purpose.WORKSPACE, sample.length, features.cols());
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            out.copyFrom(tape.constant(features).gather(sample).value());
        }
        return out;
    }

    private static double[] center(Matrix some) {
        double[] means = new double[some.cols()];
        for (int i = 0; i < some.rows(); i++) {
            for (int j = 0; j < means.length; j++) means[j] += some.get(i, j) / (double) some.rows();
        }
        for (int i = 0; i < some.rows(); i++) {
            for (int j = 0; j < means.length; j++) some.set(i, j, (float) (some.get(i, j) - means[j]));
        }
        return means;
    }

    private static double[][] deviations(Matrix some) {
        double[][] axes = new double[some.cols()][some.cols()];
        for (int j = 0; j < axes.length; j++) {
            double squares = 0;
            for (int i = 0; i < some.rows(); i++) squares += some.get(i, j) * some.get(i, j);
            double deviation = Math.sqrt(squares / some.rows());
            axes[j][j] = deviation > 1e-12 ? 1 / deviation : 0;
        }
        return axes;
    }

    private double[][] components(Matrix some, long key) {
        try (LowRank found = LowRank.of(new Transposed(some, place), FEATURES, key, place)) {
            double[][] axes = new double[some.cols()][found.vectors().cols()];
            for (int j = 0; j < axes.length; j++) {
                for (int k = 0; k < axes[j].length; k++)
                    axes[j][k] = found.vectors().get(j, k);
            }
            return axes;
        }
    }

    /// The transpose of a dense matrix, so that its right singular vectors are found.
    private record Transposed(Matrix x, Place place) implements LinearMap {
        @Override
        public int rows() {
            return x.cols();
        }

        @Override
        public int cols() {
            return x.rows();
        }

        @Override
        public void forward(Matrix in, Matrix out) {
            place.provider().kernels().products().product(x, true, in, false, out, false, 0, x.cols());
        }

        @Override
        public void back(Matrix in, Matrix out) {
            place.provider().kernels().products().product(x, false, in, false, out, false, 0, x.rows());
        }
    }

    private Matrix projected(double[][] axes, double[] means) {
        int count = axes[0].length;
        float[] flat = new float[axes.length * count];
        float[] shift = new float[count];
        for (int j = 0; j < axes.length; j++) {
            for (int k = 0; k < count; k++) {
                flat[j * count + k] = (float) axes[j][k];
                shift[k] -= (float) (means[j] * axes[j][k]);
            }
        }
        Matrix out = Matrix.of(place.memory(), Purpose.WORKSPACE, features.rows(), count);
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            Tensor f = tape.constant(features).times(tape.constant(axes.length, count, flat));
            out.copyFrom(f.addBias(tape.constant(1, count, shift)).value());
        }
        return out;
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
