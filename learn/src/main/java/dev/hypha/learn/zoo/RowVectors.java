package dev.hypha.learn.zoo;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// The vectors of one node type's rows in a subgraph, as a layer reads them.
sealed interface RowVectors {
    /// The vectors of the first rows, shape [rows, channels].
    Tensor first(int rows);

    /// For each of the first targets its sources' vectors, reduced, shape [targets, channels].
    ///
    /// @param offsets where each target's sources begin
    /// @param sources rows of this type
    /// @param reduce `SUM` or `MEAN`
    Tensor reduce(int targets, int[] offsets, int[] sources, Reduce reduce);

    /// One vector per row.
    record Plain(Tensor x) implements RowVectors {
        @Override
        public Tensor first(int rows) {
            return x.firstRows(rows);
        }

        @Override
        public Tensor reduce(int targets, int[] offsets, int[] sources, Reduce reduce) {
            return x.spmm(new Csr(targets, x.rows(), offsets, sources), reduce);
        }
    }

    /* Why not simply one vector per row: most rows of a subgraph are its leaves, which a layer only sums up. The same
    row of the database is a leaf of many seeds, and only its age differs. Sum and mean are linear, as is the map of
    ages, so that leaves need never be written out:
        reduce_j (x_p(j) + A a_j) = reduce_j x_p(j) + A reduce_j a_j */

    /// `x_p(i) + A a_i` for row i: the vector of a distinct row p(i), and a linear map of the row's ages.
    ///
    final class Aged implements RowVectors {
        private final Tensor distinct;
        private final int[] positions;
        private final Tensor ages;
        private final UnaryOperator<Tensor> map;

        /// @param distinct vectors x, shape [distinct, channels]
        /// @param positions p, per row
        /// @param ages a, shape [rows, w]; null where there are none
        /// @param map A, linear and without bias
        Aged(Tensor distinct, int[] positions, Tensor ages, UnaryOperator<Tensor> map) {
            this.distinct = distinct;
            this.positions = positions;
            this.ages = ages;
            this.map = map;
        }

        @Override
        public Tensor first(int rows) {
            Tensor x = distinct.gather(Arrays.copyOf(positions, rows));
            return ages == null ? x : x.plus(map.apply(ages.firstRows(rows)));
        }

        @Override
        public Tensor reduce(int targets, int[] offsets, int[] sources, Reduce reduce) {
            int[] where = new int[offsets[targets]];
            for (int e = 0; e < where.length; e++) where[e] = positions[sources[e]];
            Tensor x = distinct.spmm(new Csr(targets, distinct.rows(), offsets, where), reduce);
            if (ages == null) return x;
            return x.plus(map.apply(ages.spmm(new Csr(targets, ages.rows(), offsets, sources), reduce)));
        }
    }
}
