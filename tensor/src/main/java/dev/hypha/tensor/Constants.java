package dev.hypha.tensor;

import java.util.stream.IntStream;

/// What can be done with a constant as it is stored, where that is not dense. Everything else reads it as a
/// dense matrix, which is made once per tape.
final class Constants {
    private Constants() {}

    /// A dense copy.
    static Matrix dense(Tape tape, StoredMatrix stored) {
        return switch (stored) {
            case Matrix matrix -> matrix;
            case SparseMatrix sparse -> {
                Matrix dense = tape.allocate(sparse.rows(), sparse.cols());
                tape.rows(sparse.rows(), sparse.cols(), (from, to) -> sparse.writeTo(dense, from, to));
                yield dense;
            }
        };
    }

    /// x W: for sparse x the weighed sum of the rows of W that a row of x names, whose gradient goes over the
    /// transposed pattern.
    static Tensor times(Tensor x, Tensor w) {
        return switch (x.stored) {
            case Matrix _ -> throw new AssertionError("dense constants have a value");
            case SparseMatrix sparse -> {
                if (sparse.cols() != w.rows()) throw new ShapeException("times", x.shape(), w.shape());
                yield w.spmm(sparse.pattern(), x.tape().constant(sparse.values()));
            }
        };
    }

    /// Some rows, stored as before.
    static Tensor gather(Tensor x, int[] rows) {
        return switch (x.stored) {
            case Matrix _ -> throw new AssertionError("dense constants have a value");
            case SparseMatrix sparse -> {
                Csr pattern = sparse.patternOf(rows);
                Matrix values = x.tape().allocate(pattern.edges(), 1);
                sparse.valuesOf(rows, values);
                yield x.tape().constant(new SparseMatrix(pattern, values));
            }
        };
    }

    /// Rows from (inclusive) to (exclusive), stored as before.
    static Tensor slice(Tensor x, int from, int to) {
        if (from < 0 || to < from || to > x.rows()) throw new ShapeException("rows", x.shape(), from + " to " + to);
        return switch (x.stored) {
            case Matrix _ -> throw new AssertionError("dense constants have a value");
            case SparseMatrix sparse ->
                from == 0
                        ? x.tape().constant(sparse.firstRows(to))
                        : gather(x, IntStream.range(from, to).toArray());
        };
    }

    /// Dropout of the stored numbers: a zero stays one either way.
    static Tensor dropout(Tensor x, float p, long key) {
        return switch (x.stored) {
            case Matrix _ -> throw new AssertionError("dense constants have a value");
            case SparseMatrix sparse -> {
                Tensor kept = x.tape().apply(new Op.Dropout(x.tape().constant(sparse.values()), p, key));
                yield x.tape().constant(new SparseMatrix(sparse.pattern(), kept.value()));
            }
        };
    }
}
