package dev.hypha.tensor;

import java.util.stream.IntStream;

/// What can be done with a constant as it is stored, where that is not dense float32. Everything else reads
/// it as a [Matrix], which is made once per tape.
final class Constants {
    private Constants() {}

    /// All of it in float32.
    static Matrix dense(Tape tape, Kernels kernels, StoredMatrix stored) {
        return switch (stored) {
            case Matrix matrix -> matrix;
            case SparseMatrix sparse -> {
                Matrix dense = tape.allocate(sparse.rows(), sparse.cols());
                tape.rows(sparse.rows(), sparse.cols(), (from, to) -> sparse.writeTo(dense, from, to));
                yield dense;
            }
            case Bfloat16Matrix half -> {
                Matrix dense = tape.allocate(half.rows(), half.cols());
                tape.rows(
                        half.rows(),
                        half.cols(),
                        (from, to) -> kernels.bfloat16().widen(half, dense, from, to));
                yield dense;
            }
        };
    }

    private static Tensor widened(Tensor x) {
        return x.tape().constant(x.value());
    }

    /// x W: for sparse x the weighed sum of the rows of W that a row of x names, whose gradient goes over the
    /// transposed pattern.
    static Tensor times(Tensor x, Tensor w) {
        return switch (x.stored) {
            case Matrix _ -> widened(x).times(w);
            case SparseMatrix sparse -> {
                if (sparse.cols() != w.rows()) throw new ShapeException("times", x.shape(), w.shape());
                yield w.spmm(sparse.pattern(), x.tape().constant(sparse.values()));
            }
            case Bfloat16Matrix half -> x.tape().apply(new Op.WidenedProduct(half, w));
        };
    }

    /// Some rows, stored as before.
    static Tensor gather(Tensor x, int[] rows) {
        return switch (x.stored) {
            case Matrix _ -> widened(x).gather(rows);
            case SparseMatrix sparse -> {
                Csr pattern = sparse.patternOf(rows);
                Matrix values = x.tape().allocate(pattern.edges(), 1);
                sparse.valuesOf(rows, values);
                yield x.tape().constant(new SparseMatrix(pattern, values));
            }
            case Bfloat16Matrix half -> x.tape().gathered(half, rows);
        };
    }

    /// Rows from (inclusive) to (exclusive), stored as before.
    static Tensor slice(Tensor x, int from, int to) {
        if (from < 0 || to < from || to > x.rows()) throw new ShapeException("rows", x.shape(), from + " to " + to);
        return switch (x.stored) {
            case Matrix _ -> widened(x).sliceRows(from, to);
            case SparseMatrix sparse ->
                from == 0
                        ? x.tape().constant(sparse.firstRows(to))
                        : gather(x, IntStream.range(from, to).toArray());
            case Bfloat16Matrix half -> x.tape().constant(half.slice(from, to));
        };
    }

    /// Dropout of the stored numbers: a zero stays one either way.
    static Tensor dropout(Tensor x, float p, long key) {
        return switch (x.stored) {
            case Matrix _ -> widened(x).dropout(p, key);
            case SparseMatrix sparse -> {
                Tensor kept = x.tape().apply(new Op.Dropout(x.tape().constant(sparse.values()), p, key));
                yield x.tape().constant(new SparseMatrix(sparse.pattern(), kept.value()));
            }
            case Bfloat16Matrix _ -> widened(x).dropout(p, key);
        };
    }

    /// The sum of each target's sources' rows with constant factors.
    static Tensor sum(Tensor x, Csr pattern, Scaling scaling) {
        return switch (x.stored) {
            case Matrix _ -> widened(x).spmm(pattern, scaling);
            case SparseMatrix _ -> widened(x).spmm(pattern, scaling);
            case Bfloat16Matrix half -> x.tape().apply(new Op.WidenedSum(pattern, scaling, half));
        };
    }

    /// The reduced rows of each target's sources.
    static Tensor reduce(Tensor x, Csr pattern, Reduce reduce) {
        return switch (reduce) {
            case SUM -> sum(x, pattern, Scaling.NONE);
            case MEAN -> sum(x, pattern, Scaling.mean(pattern));
            case MAX, MIN -> widened(x).spmm(pattern, reduce);
        };
    }
}
