package dev.hypha.learn.probe;

import dev.hypha.algorithms.labels.Duplicates;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;

/// Features of nodes, compared bit by bit as they are stored.
record FeatureProfile(StoredMatrix features) implements Duplicates.Profile {
    @Override
    public long hash(int node) {
        long hash = 0;
        switch (features) {
            case SparseMatrix sparse -> {
                for (int e = begin(sparse, node); e < begin(sparse, node + 1); e++) {
                    hash = 31 * hash + sparse.pattern().indices()[e];
                    hash = 31 * hash + Float.floatToIntBits(sparse.values().at(e));
                }
            }
            case Matrix dense -> {
                for (int j = 0; j < dense.cols(); j++) hash = 31 * hash + Float.floatToIntBits(dense.get(node, j));
            }
            case Bfloat16Matrix half -> {
                for (int j = 0; j < half.cols(); j++) hash = 31 * hash + Float.floatToIntBits(half.get(node, j));
            }
        }
        return hash;
    }

    @Override
    public boolean same(int one, int other) {
        return switch (features) {
            case SparseMatrix sparse -> same(sparse, one, other);
            case Matrix dense -> {
                for (int j = 0; j < dense.cols(); j++) if (dense.get(one, j) != dense.get(other, j)) yield false;
                yield true;
            }
            case Bfloat16Matrix half -> {
                for (int j = 0; j < half.cols(); j++) if (half.get(one, j) != half.get(other, j)) yield false;
                yield true;
            }
        };
    }

    private static boolean same(SparseMatrix sparse, int one, int other) {
        int count = sparse.pattern().degree(one);
        if (count != sparse.pattern().degree(other)) return false;
        for (int k = 0; k < count; k++) {
            int a = begin(sparse, one) + k;
            int b = begin(sparse, other) + k;
            if (sparse.pattern().indices()[a] != sparse.pattern().indices()[b]) return false;
            if (sparse.values().at(a) != sparse.values().at(b)) return false;
        }
        return true;
    }

    private static int begin(SparseMatrix sparse, int node) {
        return sparse.pattern().offsets()[node];
    }
}
