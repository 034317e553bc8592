package dev.hypha.tensor;

import dev.hypha.tensor.kernels.Workers;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// The operations of one step in their order, so that gradients can be worked out backwards. They run when a value or
/// the gradients are asked for, see [Schedule]. Closing it gives the memory of all its tensors back to the workspace:
/// their values must not be read afterwards. For one thread.
public final class Tape implements AutoCloseable {
    /// Rows of a product's left operand, transposed, that are worth a part of their own.
    private static final int INNER_ROWS = 8192;
    /// Elements of a result whose parts stay in a cache.
    private static final int MOST_SPLIT = 1 << 16;
    /// Entries per source from which factors are better multiplied beforehand.
    private static final int SCALED_ENTRIES = 4;

    private final Kernels kernels;
    private final Workers workers;
    private final Workspace workspace;
    private final boolean record;
    private final Schedule schedule;
    private final Gradients gradients;
    private final List<Tensor> results = new ArrayList<>();
    private boolean backwardDone;
    private boolean closed;

    /// @param provider the kernels to run on
    /// @param workspace the memory to write into; serves one tape at a time
    /// @param record whether gradients will be wanted; without, [#backward] is refused
    public Tape(KernelProvider provider, Workspace workspace, boolean record) {
        this.kernels = provider.kernels();
        this.workers = provider.workers();
        this.workspace = workspace;
        this.record = record;
        this.schedule = new Schedule(this, new Forward(this, kernels, workers), !record);
        this.gradients = new Gradients(this, kernels, workers);
        workspace.open();
    }

    /// A tensor that is given and gets no gradient. The matrix is not copied and must stay alive and unchanged.
    public Tensor constant(Matrix value) {
        Tensor tensor = new Tensor(this, value.shape(), null, false);
        tensor.value = value;
        return tensor;
    }

    /// A tensor that is given and gets no gradient, as it is stored. Products with it and rows of it leave it
    /// so, as do dropout of a sparse one (of stored numbers: zeros stay zeros) and sums and means over a
    /// pattern of one in bfloat16. Anything else reads it in dense float32, which is made at first use and
    /// kept until the tape is closed. The memory is not copied and must stay alive and unchanged.
    public Tensor constant(StoredMatrix stored) {
        if (stored instanceof Matrix matrix) return constant(matrix);
        Tensor tensor = new Tensor(this, stored.shape(), null, false);
        tensor.stored = stored;
        return tensor;
    }

    /// A tensor that is given and gets no gradient: a copy of `values`, row after row, shape [rows, cols].
    public Tensor constant(int rows, int cols, float... values) {
        Matrix copy = allocate(rows, cols);
        copy.copyFrom(values);
        return constant(copy);
    }

    /// A tensor that is given and gets no gradient, of numbers that are worked out where they are put, shape
    /// [rows, 1].
    ///
    /// @param number of a row; asked for on several threads at once
    public Tensor constant(int rows, IntToDoubleFunction number) {
        return constant(rows, 1, number);
    }

    /// The same of any shape, elements counted row after row.
    public Tensor constant(int rows, int cols, IntToDoubleFunction number) {
        Matrix made = allocate(rows, cols);
        workers.elements((int) made.size(), (from, to) -> {
            for (int i = from; i < to; i++) made.put(i, (float) number.applyAsDouble(i));
        });
        return constant(made);
    }

    /// A parameter; [#backward] adds to the parameter's own gradient.
    public Tensor parameter(Parameter parameter) {
        Tensor tensor = new Tensor(this, parameter.value().shape(), null, record && parameter.trained());
        tensor.value = parameter.value();
        tensor.gradient = parameter.gradient();
        return tensor;
    }

    /// Notes an operation, which runs when its result is wanted.
    ///
    /// @throws ShapeException if its operands do not fit
    public Tensor apply(Op op) {
        requireOpen();
        boolean needs = false;
        for (Tensor input : op.inputs()) {
            if (input.tape() != this) throw new IllegalArgumentException("an operand belongs to another tape");
            needs |= input.needsGradient();
        }
        Tensor out = new Tensor(this, Shapes.of(op), op, needs);
        schedule.add(out);
        if (needs) results.add(out);
        return out;
    }

    /// Adds the derivatives of `loss` to the gradients of the parameters it came from. Once per tape. Gives back the
    /// memory of values that were not asked for before; that of the loss stays.
    ///
    /// @param loss shape [1, 1]
    public void backward(Tensor loss) {
        requireOpen();
        if (!record) throw new IllegalStateException("this tape does not record");
        if (loss.rows() != 1 || loss.cols() != 1) throw new ShapeException("backward", loss.shape(), new Shape(1, 1));
        if (!loss.needsGradient()) throw new IllegalStateException("the loss depends on no parameter");
        if (backwardDone) throw new IllegalStateException("this tape has run backward already");
        backwardDone = true;
        loss.wanted = true;
        schedule.give();
        schedule.run();
        loss.gradient().fill(1);
        for (int i = results.size() - 1; i >= 0; i--) {
            Tensor out = results.get(i);
            if (out.gradient != null) gradients.run(out.op(), out);
            // Nothing reads it any more: what made this result's operands comes later in this loop.
            if (out.gradient != null) give(out.gradient);
            out.gradient = null;
            schedule.pass(out);
        }
        results.clear();
    }

    /// Runs all operations that were noted so far, for whoever wants them done and looks at no value.
    public void run() {
        requireOpen();
        schedule.run();
    }

    /// The value of a result.
    Matrix value(Tensor out) {
        if (backwardDone && out.value == null) {
            throw new IllegalStateException(out + " was given back by backward: ask for its value before");
        }
        return schedule.value(out);
    }

    /// Some rows of a constant, in bfloat16 as before.
    Tensor gathered(Bfloat16Matrix x, int[] rows) {
        Shapes.requireBelow("gather", x.shape(), rows, x.rows());
        long bytes = Bfloat16Matrix.bytes(rows.length, x.cols());
        Bfloat16Matrix some = Bfloat16Matrix.over(allocate(bytes), rows.length, x.cols());
        rows(rows.length, x.cols(), (from, to) -> kernels.bfloat16().gather(x, rows, some, from, to));
        return constant(some);
    }

    /// A constant in float32.
    Matrix dense(StoredMatrix stored) {
        return Constants.dense(this, kernels, stored);
    }

    /// Runs the body over rows that touch `perRow` elements each.
    void rows(int rows, long perRow, Workers.Range body) {
        workers.rows(rows, perRow, body);
    }

    /// Uninitialised memory that lives until the tape is closed.
    Matrix allocate(int rows, int cols) {
        requireOpen();
        return Matrix.over(workspace.take(Matrix.bytes(rows, cols)), rows, cols);
    }

    /// The same in bytes.
    MemorySegment allocate(long bytes) {
        requireOpen();
        return workspace.take(bytes);
    }

    /// Gives memory back that nothing will read before the tape is closed.
    void give(Matrix matrix) {
        workspace.give(matrix.segment());
    }

    void requireOpen() {
        if (closed) throw new IllegalStateException("this tape is closed");
    }

    /// Gives the memory back.
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        results.clear();
        workspace.release();
    }

    // Steps that forward and backward share.

    /// Fills with zeros.
    void clear(Matrix matrix) {
        MemorySegment segment = matrix.segment();
        workers.elements(
                (int) matrix.size(),
                (from, to) -> segment.asSlice(4L * from, 4L * (to - from)).fill((byte) 0));
    }

    void product(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix out, boolean accumulate) {
        int inner = transposeA ? a.rows() : a.cols();
        if (transposeA && !transposeB && inner >= 2 * INNER_ROWS && out.size() <= MOST_SPLIT) {
            splitProduct(a, b, out, accumulate);
            return;
        }
        workers.products(
                out.rows(),
                (long) inner * out.cols(),
                (from, to) -> kernels.products().product(a, transposeA, b, transposeB, out, accumulate, from, to));
    }

    /// out = a^T b, or added to it, where the rows of a and b are many and the result is small, as the gradients of
    /// weights are: the product of some rows at a time, each read once and by one thread, and then their sum.
    private void splitProduct(Matrix a, Matrix b, Matrix out, boolean accumulate) {
        int pieces = a.rows() / INNER_ROWS;
        int rows = out.rows();
        Matrix parts = allocate(pieces * rows, out.cols());
        workers.pieces(a.rows(), pieces, (piece, from, to) -> {
            Matrix part = parts.slice(piece * rows, (piece + 1) * rows);
            kernels.products().product(a.slice(from, to), true, b.slice(from, to), false, part, false, 0, rows);
        });
        if (!accumulate) clear(out);
        workers.elements((int) out.size(), (from, to) -> {
            for (int p = 0; p < pieces; p++) {
                kernels.elements().accumulate(parts.slice(p * rows, (p + 1) * rows), 1, out, from, to);
            }
        });
        give(parts);
    }

    void copyColumns(Matrix x, int xCol, Matrix out, int outCol, int width, boolean accumulate) {
        workers.rows(
                x.rows(),
                width,
                (from, to) -> kernels.rows().copyColumns(x, xCol, out, outCol, width, accumulate, from, to));
    }

    void sparseSum(Csr pattern, Matrix weights, Scaling scaling, Matrix x, Matrix out, boolean accumulate) {
        if (weights == null && scaling.sources() != null && pattern.edges() >= SCALED_ENTRIES * (long) x.rows()) {
            // A pass over the sources costs less than a factor for each of their many entries.
            Matrix scaled = allocate(x.rows(), x.cols());
            float[] factors = scaling.sources();
            workers.rows(x.rows(), x.cols(), (from, to) -> kernels.rows().scaleRows(x, factors, scaled, from, to));
            sparseSum(pattern, null, new Scaling(null, scaling.targets()), scaled, out, accumulate);
            give(scaled);
            return;
        }
        sparse(
                pattern,
                x.cols(),
                (from, to) -> kernels.sparse().sum(pattern, weights, scaling, x, out, accumulate, from, to));
    }

    /// Runs the body over the rows of a pattern, in ranges of about the same number of entries.
    void sparse(Csr pattern, long cols, Workers.Range body) {
        workers.balanced(pattern.rows(), pattern.offsets(), cols, body);
    }

    static Attention.Operands operands(Op.Attend op) {
        Matrix vector = op.vector() == null ? null : op.vector().read();
        return new Attention.Operands(
                op.pattern(),
                op.attention(),
                op.left().read(),
                op.right().read(),
                vector,
                op.values().read());
    }

    /// The element of a matrix of one.
    float number(Matrix x) {
        return (float) workers.sum(1, (_, _) -> x.at(0));
    }

    /// Replaces the element of a matrix of one.
    void put(Matrix x, double number) {
        workers.alone(() -> x.put(0, (float) number));
    }

    double sum(Matrix x) {
        return workers.sum(
                x.shape().elements(), (from, to) -> kernels.elements().sum(x, from, to));
    }

    /// What a mean loss is divided by: the weights of all elements.
    double weight(Shape shape, Matrix weights) {
        double total = weights == null ? shape.rows() : sum(weights);
        if (!(total > 0))
            throw new IllegalArgumentException("a loss over no rows, or over weights that sum to " + total);
        return total * shape.cols();
    }

    Matrix gradientOrScratch(Tensor x) {
        if (x.needsGradient()) return x.gradient();
        Matrix scratch = allocate(x.rows(), x.cols());
        clear(scratch);
        return scratch;
    }
}
