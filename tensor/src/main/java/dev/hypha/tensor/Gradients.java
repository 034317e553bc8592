package dev.hypha.tensor;

import dev.hypha.tensor.kernels.Workers;
import java.util.ArrayList;
import java.util.List;

/// All derivatives on one page: what the gradient of each result means for its operands. A gradient adds to
/// what is there, since an operand may be used more than once.
final class Gradients {
    /// Parts that the gradient of an attention's vector is added up in: a number of its own, so that the
    /// result does not depend on the number of threads.
    private static final int VECTOR_PIECES = 64;
    /// The same for sums of columns, and how many rows each has at least.
    private static final int COLUMN_PIECES = 64;

    private static final int SUMMED_ROWS = 1024;

    private final Tape tape;
    private final Kernels kernels;
    private final Workers workers;

    Gradients(Tape tape, Kernels kernels, Workers workers) {
        this.tape = tape;
        this.kernels = kernels;
        this.workers = workers;
    }

    /// Adds to the gradients of the operands that need one.
    void run(Op op, Tensor out) {
        Matrix dy = out.gradient;
        switch (op) {
            case Op.Product(Tensor a, Tensor b) -> {
                // da = dy b^T, db = a^T dy
                if (a.needsGradient()) {
                    boolean add = a.hasGradient();
                    tape.product(dy, false, b.read(), true, a.gradientToWrite(), add);
                }
                if (b.needsGradient()) {
                    boolean add = b.hasGradient();
                    tape.product(a.read(), true, dy, false, b.gradientToWrite(), add);
                }
            }
            case Op.WidenedProduct(Bfloat16Matrix a, Tensor b) -> {
                boolean add = b.hasGradient();
                new WidenedProducts(tape, kernels).transposedProduct(a, dy, b.gradientToWrite(), add);
            }
            case Op.Add(Tensor a, Tensor b, float weight) -> {
                accumulate(dy, weight, b);
                passOn(out, a);
            }
            case Op.AddRow(Tensor x, Tensor row) -> {
                addColumnSums(dy, row);
                passOn(out, x);
            }
            case Op.Multiply(Tensor a, Tensor b) -> {
                accumulateProduct(dy, b, a);
                accumulateProduct(dy, a, b);
            }
            case Op.Affine(Tensor x, float scale, float _) -> accumulate(dy, scale, x);
            case Op.Map(Function f, float slope, Tensor x) -> {
                Matrix y = out.value;
                Matrix xv = Reads.tellsDerivative((Op.Map) op) ? y : x.read();
                boolean add = !takeOver(out, x);
                Matrix dx = x.gradient();
                workers.elements(
                        size(x), (from, to) -> kernels.elements().mapGradient(f, slope, xv, y, dy, dx, add, from, to));
            }
            case Op.BiasActivation activation -> biasActivation(activation, out);
            case Op.Concat(List<Tensor> parts) -> {
                int at = 0;
                for (Tensor part : parts) {
                    if (part.needsGradient()) tape.copyColumns(dy, at, part.gradient(), 0, part.cols(), true);
                    at += part.cols();
                }
            }
            case Op.SliceColumns(Tensor x, int from, int to) ->
                tape.copyColumns(dy, 0, x.gradient(), from, to - from, true);
            case Op.SliceRows(Tensor x, int from, int to) -> {
                Matrix dx = x.gradient().slice(from, to);
                workers.elements(size(out), (i, end) -> kernels.elements().accumulate(dy, 1, dx, i, end));
            }
            case Op.Gather(Tensor x, int[] rows) -> {
                Matrix dx = x.gradient();
                workers.columns(dy.rows(), dy.cols(), (c, to) -> kernels.rows().scatterAdd(dy, rows, dx, c, to));
            }
            case Op.Aggregate aggregate -> aggregate(aggregate, out);
            case Op.WeightedExtreme extreme -> weightedExtreme(extreme, out);
            case Op.WeightedSum weighted -> weightedSum(weighted, dy);
            case Op.WidenedSum _ -> throw new AssertionError("a constant has no gradient");
            case Op.Attend attend -> attend(attend, out);
            case Op.EdgeSum(Csr pattern, Tensor left, Tensor right) -> {
                addEntries(pattern, dy, left);
                addEntries(pattern.transpose(), dy, right);
            }
            case Op.EdgeDot(Csr pattern, int _, Tensor left, Tensor right) -> {
                // dl_i = sum over e of dy_e r_j, dr_j = sum over e of dy_e l_i, head by head
                if (left.needsGradient()) {
                    tape.sparseSum(pattern, dy, Scaling.NONE, right.read(), left.gradient(), true);
                }
                if (right.needsGradient()) {
                    tape.sparseSum(pattern.transpose(), dy, Scaling.NONE, left.read(), right.gradient(), true);
                }
            }
            case Op.EdgeSoftmax(Csr pattern, Tensor scores) -> {
                Matrix y = out.value;
                Matrix dx = scores.gradient();
                tape.sparse(
                        pattern,
                        4L * dy.cols(),
                        (from, to) -> kernels.sparse().softmaxGradient(pattern, y, dy, dx, from, to));
            }
            case Op.ScaleRows(Tensor x, Tensor s) -> {
                if (x.needsGradient()) {
                    Matrix sv = s.read();
                    Matrix dx = x.gradient();
                    workers.rows(
                            x.rows(), x.cols(), (from, to) -> kernels.rows().scaleRows(dy, sv, dx, true, from, to));
                }
                if (s.needsGradient()) {
                    Matrix xv = x.read();
                    Matrix ds = s.gradient();
                    workers.rows(
                            x.rows(), x.cols(), (from, to) -> kernels.rows().addRowDots(dy, xv, ds, from, to));
                }
            }
            case Op.Sum(Tensor x, float scale) -> {
                float d = scale * tape.number(dy);
                Matrix dx = x.gradient();
                workers.elements(size(x), (from, to) -> kernels.elements().shift(dx, d, from, to));
            }
            case Op.Dropout(Tensor x, float p, long key) -> {
                boolean add = !takeOver(out, x);
                Matrix dx = x.gradient();
                workers.elements(size(x), (from, to) -> kernels.elements().dropout(dy, p, key, dx, add, from, to));
            }
            case Op.LayerNorm layer -> layerNorm(layer, out);
            case Op.BatchNorm batch -> batchNorm(batch, out);
            case Op.MeanLoss(Loss loss, float delta, Tensor prediction, Tensor target, Tensor weights) -> {
                Matrix w = weights == null ? null : weights.read();
                Matrix x = prediction.read();
                Matrix wanted = target.read();
                float scale = (float) (tape.number(dy) / tape.weight(x.shape(), w));
                Matrix dx = prediction.gradient();
                workers.rows(
                        x.rows(),
                        8L * x.cols(),
                        (from, to) -> kernels.losses().lossGradient(loss, delta, x, wanted, w, scale, dx, from, to));
            }
            case Op.SoftmaxCrossEntropy(Tensor logits, int[] rows, int[] classes, Tensor weights) -> {
                Matrix w = weights == null ? null : weights.read();
                float scale = (float) (tape.number(dy) / tape.weight(new Shape(classes.length, 1), w));
                Matrix probabilities = out.saved;
                Matrix dx = logits.gradient();
                workers.rows(
                        classes.length,
                        logits.cols(),
                        (from, to) -> kernels.losses()
                                .softmaxCrossEntropyGradient(probabilities, rows, classes, w, scale, dx, from, to));
            }
            case Op.Open(Custom custom, List<Tensor> inputs) -> {
                List<Matrix> gradients = new ArrayList<>();
                for (Tensor input : inputs) gradients.add(input.needsGradient() ? input.gradient() : null);
                List<Matrix> values = inputs.stream().map(Tensor::read).toList();
                switch (custom) {
                    case RowCustom rows ->
                        workers.rows(
                                out.rows(),
                                rows.rowWork(),
                                (from, to) -> rows.gradient(values, out.value, dy, gradients, from, to));
                    default -> workers.alone(() -> custom.gradient(values, out.value, dy, gradients));
                }
            }
        }
    }

    private void biasActivation(Op.BiasActivation op, Tensor out) {
        Matrix y = out.value;
        Matrix dy = out.gradient;
        // In place: nothing reads the gradient of the result after this.
        workers.elements(
                size(out),
                (from, to) ->
                        kernels.elements().activationGradient(op.f(), op.slope(), op.p(), op.key(), y, dy, from, to));
        addColumnSums(dy, op.row());
        passOn(out, op.x());
    }

    private void addColumnSums(Matrix dy, Tensor row) {
        if (!row.needsGradient()) return;
        Matrix d = row.gradient();
        int pieces = Math.clamp(dy.rows() / SUMMED_ROWS, 1, COLUMN_PIECES);
        if (pieces == 1) {
            workers.alone(() -> kernels.rows().addColumnSums(dy, d, 0, 0, dy.rows()));
            return;
        }
        Matrix parts = tape.allocate(pieces, dy.cols());
        tape.clear(parts);
        workers.pieces(
                dy.rows(), pieces, (piece, from, to) -> kernels.rows().addColumnSums(dy, parts, piece, from, to));
        workers.alone(() -> kernels.rows().addColumnSums(parts, d, 0, 0, pieces));
        tape.give(parts);
    }

    private static int size(Tensor x) {
        return x.shape().elements();
    }

    private void accumulate(Matrix dy, float weight, Tensor x) {
        if (!x.needsGradient()) return;
        boolean add = x.hasGradient();
        Matrix dx = x.gradientToWrite();
        workers.elements(size(x), (from, to) -> {
            if (add) kernels.elements().accumulate(dy, weight, dx, from, to);
            else kernels.elements().affine(dy, weight, 0, dx, from, to);
        });
    }

    /// Makes the gradient of a result that of its operand, if that has none yet; both are of one shape. The
    /// result's is not read by anything else, so it may be changed in place.
    ///
    /// @return whether it was done
    private static boolean takeOver(Tensor out, Tensor x) {
        if (x.gradient != null || !x.needsGradient()) return false;
        x.gradient = out.gradient;
        out.gradient = null;
        return true;
    }

    private void passOn(Tensor out, Tensor x) {
        Matrix dy = out.gradient;
        if (!takeOver(out, x)) accumulate(dy, 1, x);
    }

    private void accumulateProduct(Matrix dy, Tensor other, Tensor x) {
        if (!x.needsGradient()) return;
        Matrix factor = other.read();
        Matrix dx = x.gradient();
        workers.elements(size(x), (from, to) -> kernels.elements().accumulateProduct(dy, factor, dx, from, to));
    }

    private void aggregate(Op.Aggregate op, Tensor out) {
        Matrix dy = out.gradient;
        Csr transpose = op.pattern().transpose();
        boolean sums = op.reduce() == Reduce.SUM || op.reduce() == Reduce.MEAN;
        boolean add = !sums || op.x().hasGradient();
        Matrix dx = sums ? op.x().gradientToWrite() : op.x().gradient();
        switch (op.reduce()) {
            case SUM -> tape.sparseSum(transpose, null, Scaling.NONE, dy, dx, add);
            case MEAN -> {
                Scaling scaling = Scaling.mean(op.pattern()).transpose();
                tape.sparseSum(transpose, null, scaling, dy, dx, add);
            }
            case MAX, MIN -> {
                Matrix chosen = out.saved;
                tape.sparse(
                        transpose,
                        dx.cols(),
                        (from, to) -> kernels.sparse().extremeGradient(transpose, null, chosen, dy, dx, from, to));
            }
        }
    }

    /// dx = pattern^T dy with the same weights and factors; dw_e = t_i s_j dy_i . x_j, head by head.
    private void weightedSum(Op.WeightedSum op, Matrix dy) {
        Csr pattern = op.pattern();
        Scaling scaling = op.scaling();
        Tensor weights = op.weights();
        if (op.x().needsGradient()) {
            Matrix w = weights == null ? null : weights.read();
            boolean add = op.x().hasGradient();
            Matrix dx = op.x().gradientToWrite();
            tape.sparseSum(pattern.transpose(), w, scaling.transpose(), dy, dx, add);
        }
        if (weights != null && weights.needsGradient()) {
            Matrix x = op.x().read();
            Matrix dw = weights.gradient();
            tape.sparse(
                    pattern,
                    x.cols(),
                    (from, to) -> kernels.sparse().addEntryDots(pattern, scaling, dy, x, dw, from, to));
        }
    }

    /// Where e was chosen: dx_j = w_e dy_i, dw_e = dy_i . x_j, head by head.
    private void weightedExtreme(Op.WeightedExtreme op, Tensor out) {
        Csr pattern = op.pattern();
        Matrix dy = out.gradient;
        Matrix chosen = out.saved;
        if (op.x().needsGradient()) {
            Csr transpose = pattern.transpose();
            Matrix w = op.weights().read();
            Matrix dx = op.x().gradient();
            tape.sparse(
                    transpose,
                    dx.cols(),
                    (from, to) -> kernels.sparse().extremeGradient(transpose, w, chosen, dy, dx, from, to));
        }
        if (op.weights().needsGradient()) {
            Matrix x = op.x().read();
            Matrix dw = op.weights().gradient();
            tape.sparse(
                    pattern,
                    x.cols(),
                    (from, to) -> kernels.sparse().extremeWeightGradient(pattern, chosen, dy, x, dw, from, to));
        }
    }

    private void addEntries(Csr pattern, Matrix dy, Tensor x) {
        if (!x.needsGradient()) return;
        Matrix dx = x.gradient();
        tape.sparse(pattern, dx.cols(), (from, to) -> kernels.sparse().addEntries(pattern, dy, dx, from, to));
    }

    /// A walk over targets for left and vector, one over sources for right and values.
    private void attend(Op.Attend op, Tensor out) {
        Attention.Operands in = Tape.operands(op);
        Attention.Operands transposed = in.transpose();
        Matrix dy = out.gradient;
        Matrix y = out.value;
        Matrix stats = out.saved;
        Matrix above = out.above;
        workers.rows(dy.rows(), dy.cols(), (from, to) -> kernels.attention().outputDots(in, y, dy, stats, from, to));
        Tensor vector = op.vector();
        boolean wantsVector = vector != null && vector.needsGradient();
        if (op.left().needsGradient() || wantsVector) {
            Matrix dLeft = op.left().needsGradient() ? op.left().gradient() : null;
            Matrix parts = wantsVector ? tape.allocate(VECTOR_PIECES, vector.cols()) : null;
            if (wantsVector) tape.clear(parts);
            workers.pieces(
                    dy.rows(),
                    in.pattern().offsets(),
                    VECTOR_PIECES,
                    (piece, from, to) ->
                            kernels.attention().targetGradient(in, stats, above, dy, dLeft, parts, piece, from, to));
            if (wantsVector) {
                Matrix dVector = vector.gradient();
                workers.alone(() -> kernels.rows().addColumnSums(parts, dVector, 0, 0, VECTOR_PIECES));
            }
        }
        if (!op.right().needsGradient() && !op.values().needsGradient()) return;
        Matrix dRight = op.right().needsGradient() ? op.right().gradient() : null;
        Matrix dValues = op.values().needsGradient() ? op.values().gradient() : null;
        tape.sparse(
                transposed.pattern(),
                dy.cols(),
                (from, to) -> kernels.attention().sourceGradient(transposed, stats, dy, dRight, dValues, from, to));
    }

    private void layerNorm(Op.LayerNorm op, Tensor out) {
        Matrix dy = out.gradient;
        Matrix x = op.x().read();
        Matrix stats = out.saved;
        if (op.x().needsGradient()) {
            Matrix gamma = op.gamma().read();
            Matrix dx = op.x().gradient();
            workers.rows(
                    x.rows(), x.cols(), (from, to) -> kernels.norms().layerGradient(x, gamma, stats, dy, dx, from, to));
        }
        if (op.gamma().needsGradient() || op.beta().needsGradient()) {
            Matrix dGamma = tape.gradientOrScratch(op.gamma());
            Matrix dBeta = tape.gradientOrScratch(op.beta());
            workers.columns(
                    x.rows(),
                    x.cols(),
                    (c, to) -> kernels.norms().layerParameterGradient(x, stats, dy, dGamma, dBeta, c, to));
        }
    }

    private void batchNorm(Op.BatchNorm op, Tensor out) {
        Matrix dy = out.gradient;
        Matrix x = op.x().read();
        Matrix moments = out.saved;
        Matrix gamma = op.gamma().read();
        Matrix dx = op.x().needsGradient() ? op.x().gradient() : null;
        Matrix dGamma = op.gamma().needsGradient() ? op.gamma().gradient() : null;
        Matrix dBeta = op.beta().needsGradient() ? op.beta().gradient() : null;
        boolean constant = !op.training();
        workers.columns(
                x.rows(),
                x.cols(),
                (c, to) -> kernels.norms()
                        .batchGradient(x, moments, gamma, op.epsilon(), constant, dy, dx, dGamma, dBeta, c, to));
    }
}
