package dev.hypha.learn.probe;

import dev.hypha.learn.Place;
import dev.hypha.learn.probe.LowRank.LinearMap;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.function.UnaryOperator;

/// Where nodes are in a graph, as singular vectors of what its edges do to vectors: U and R of
/// [Embeddings].
final class StructureVectors {
    private static final int COUNT = 64;

    private StructureVectors() {}

    /// Of A, an entry per edge, which is its own transpose.
    ///
    /// @return a vector per column, the caller's to close
    static LowRank ofEdges(Csr edges, long key, Place place) {
        UnaryOperator<Tensor> step = x -> x.spmm(edges, Reduce.SUM);
        return LowRank.of(new GraphMap(edges.rows(), step, step, place), COUNT, key, place);
    }

    /// Of W + W^2 + W^3, the probabilities of random walks of up to three steps.
    ///
    /// @return a vector per column, the caller's to close
    static LowRank ofWalks(Csr edges, long key, Place place) {
        // The same entries transposed as rows of their own: the factors of a mean go with the sources there.
        float[] inverse = edges.inverseDegrees();
        LinearMap walks = new GraphMap(
                edges.rows(),
                x -> summed(x, y -> y.spmm(edges, Reduce.MEAN)),
                x -> summed(x, y -> y.spmm(edges, new Scaling(inverse, null))),
                place);
        return LowRank.of(walks, COUNT, key, place);
    }

    /// How many numbers are held on the way at most.
    static long numbers(long nodes) {
        return 7L * (COUNT + LowRank.BEYOND) * nodes;
    }

    private static Tensor summed(Tensor x, UnaryOperator<Tensor> step) {
        Tensor one = step.apply(x);
        Tensor two = step.apply(one);
        return one.plus(two).plus(step.apply(two));
    }

    /// A map over nodes that a tape runs.
    private record GraphMap(int nodes, UnaryOperator<Tensor> step, UnaryOperator<Tensor> stepBack, Place place)
            implements LinearMap {
        @Override
        public int rows() {
            return nodes;
        }

        @Override
        public int cols() {
            return nodes;
        }

        @Override
        public void forward(Matrix x, Matrix out) {
            run(x, step, out);
        }

        @Override
        public void back(Matrix y, Matrix out) {
            run(y, stepBack, out);
        }

        private void run(Matrix x, UnaryOperator<Tensor> way, Matrix out) {
            try (Workspace workspace = new Workspace(place.memory());
                    Tape tape = new Tape(place.provider(), workspace, false)) {
                out.copyFrom(way.apply(tape.constant(x)).value());
            }
        }
    }
}
