package dev.hypha.learn.zoo;

import dev.hypha.learn.NodeBatch;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.Arrays;

/// A graph of nodes and features: an edge for each feature of a node that is not 0, weighed by its value. Both ways of
/// it.
///
/// @param toNodes nodes x features
/// @param toFeatures features x nodes
/// @param nodeValues of the edges of `toNodes`
/// @param featureValues of the edges of `toFeatures`
// The arrays are read entry by entry and never compared.
@SuppressWarnings("ArrayRecordComponent")
record FeatureNodes(Csr toNodes, Csr toFeatures, float[] nodeValues, float[] featureValues) {
    /// Those of the first nodes of a batch, made once for as long as its edges are kept.
    static FeatureNodes of(NodeBatch in, int nodes) {
        record Key(StoredMatrix features, int nodes) {}
        return in.layer(0)
                .once(
                        new Key(in.features(), nodes),
                        FeatureNodes.class,
                        () -> of(in.features(), in.nodes().orElse(null), nodes));
    }

    /// @param rows of the features, or null for all in order
    /// @param nodes how many of these rows
    private static FeatureNodes of(StoredMatrix features, int[] rows, int nodes) {
        int[] offsets = new int[nodes + 1];
        int[] columns = new int[16];
        float[] values = new float[16];
        int at = 0;
        for (int i = 0; i < nodes; i++) {
            int row = rows == null ? i : rows[i];
            int most = Math.addExact(at, most(features, row));
            if (most > columns.length) {
                columns = Arrays.copyOf(columns, Math.max(most, 2 * at));
                values = Arrays.copyOf(values, columns.length);
            }
            at = read(features, row, columns, values, at);
            offsets[i + 1] = at;
        }
        Csr toNodes = new Csr(nodes, features.cols(), offsets, Arrays.copyOf(columns, at));
        Csr turned = toNodes.transpose();
        float[] back = new float[at];
        for (int e = 0; e < at; e++) back[e] = values[turned.entry(e)];
        // A pattern of its own: scores per edge stand in the order of its edges.
        Csr toFeatures = new Csr(features.cols(), nodes, turned.offsets(), turned.indices());
        return new FeatureNodes(toNodes, toFeatures, Arrays.copyOf(values, at), back);
    }

    /// How many edges a row has at most.
    private static int most(StoredMatrix features, int row) {
        return features instanceof SparseMatrix sparse ? sparse.pattern().degree(row) : features.cols();
    }

    /// Appends a row's edges.
    ///
    /// @return how many there are now
    private static int read(StoredMatrix features, int row, int[] columns, float[] values, int from) {
        int at = from;
        if (features instanceof SparseMatrix sparse) {
            for (int e = sparse.pattern().offsets()[row]; e < sparse.pattern().offsets()[row + 1]; e++) {
                columns[at] = sparse.pattern().indices()[e];
                values[at] = sparse.values().at(e);
                if (values[at] != 0) at++;
            }
            return at;
        }
        for (int c = 0; c < features.cols(); c++) {
            columns[at] = c;
            values[at] = dense(features, row, c);
            if (values[at] != 0) at++;
        }
        return at;
    }

    private static float dense(StoredMatrix features, int row, int column) {
        return switch (features) {
            case Matrix matrix -> matrix.get(row, column);
            case Bfloat16Matrix half -> half.get(row, column);
            case SparseMatrix _ -> throw new IllegalArgumentException("not dense");
        };
    }
}
