package dev.hypha.tensor;

import dev.hypha.tensor.kernels.Workers;
import java.util.List;

/// What each operation computes.
final class Forward {
    private final Tape tape;
    private final Kernels kernels;
    private final Workers workers;
    private final WidenedProducts widened;

    Forward(Tape tape, Kernels kernels, Workers workers) {
        this.tape = tape;
        this.kernels = kernels;
        this.workers = workers;
        this.widened = new WidenedProducts(tape, kernels);
    }

    /// Writes the value of `out`, for which there is memory unless it shares its operand's, and what its gradient will
    /// need beside its operands.
    void run(Op op, Tensor out) {
        if (op instanceof Op.SliceRows(Tensor x, int from, int to)) {
            out.value = x.read().slice(from, to);
            return;
        }
        Matrix y = out.value;
        int n = out.shape().elements();
        int cols = out.cols();
        switch (op) {
            case Op.Product(Tensor a, Tensor b) -> tape.product(a.read(), false, b.read(), false, y, false);
            case Op.WidenedProduct(Bfloat16Matrix a, Tensor b) -> widened.product(a, b.read(), y);
            case Op.Add(Tensor a, Tensor b, float weight) -> {
                Matrix av = a.read();
                Matrix bv = b.read();
                workers.elements(n, (from, to) -> kernels.elements().add(av, bv, weight, y, from, to));
            }
            case Op.BiasActivation(Tensor x, Tensor row, Function f, float slope, float p, long key) -> {
                Matrix xv = x.read();
                Matrix r = row.read();
                workers.rows(
                        out.rows(),
                        cols,
                        (from, to) -> kernels.elements().biasActivation(f, slope, xv, r, p, key, y, from, to));
            }
            case Op.AddRow(Tensor x, Tensor row) -> {
                Matrix xv = x.read();
                Matrix rv = row.read();
                workers.rows(out.rows(), cols, (from, to) -> kernels.rows().addRow(xv, rv, y, from, to));
            }
            case Op.Multiply(Tensor a, Tensor b) -> {
                Matrix av = a.read();
                Matrix bv = b.read();
                workers.elements(n, (from, to) -> kernels.elements().multiply(av, bv, y, from, to));
            }
            case Op.Affine(Tensor x, float scale, float shift) -> {
                Matrix xv = x.read();
                workers.elements(n, (from, to) -> kernels.elements().affine(xv, scale, shift, y, from, to));
            }
            case Op.Map(Function f, float slope, Tensor x) -> {
                Matrix xv = x.read();
                workers.elements(n, (from, to) -> kernels.elements().map(f, slope, xv, y, from, to));
            }
            case Op.Concat(List<Tensor> parts) -> {
                int at = 0;
                for (Tensor part : parts) {
                    tape.copyColumns(part.read(), 0, y, at, part.cols(), false);
                    at += part.cols();
                }
            }
            case Op.SliceColumns(Tensor x, int from, int to) ->
                tape.copyColumns(x.read(), from, y, 0, to - from, false);
            case Op.SliceRows _ -> throw new AssertionError("done above");
            case Op.Gather(Tensor x, int[] rows) -> {
                Matrix xv = x.read();
                workers.rows(out.rows(), cols, (from, to) -> kernels.rows().gather(xv, rows, y, from, to));
            }
            case Op.Aggregate aggregate -> aggregate(aggregate, out);
            case Op.WeightedExtreme(Csr pattern, boolean least, Tensor weights, Tensor x) ->
                extreme(pattern, weights.read(), least, x.read(), out);
            case Op.WeightedSum(Csr pattern, Scaling scaling, Tensor weights, Tensor x) ->
                tape.sparseSum(pattern, weights == null ? null : weights.read(), scaling, x.read(), y, false);
            case Op.WidenedSum(Csr pattern, Scaling scaling, Bfloat16Matrix x) ->
                tape.sparse(pattern, cols, (from, to) -> kernels.bfloat16().sum(pattern, scaling, x, y, from, to));
            case Op.Attend attend -> attend(attend, out);
            case Op.EdgeSum(Csr pattern, Tensor left, Tensor right) -> {
                Matrix l = left.read();
                Matrix r = right.read();
                tape.sparse(pattern, cols, (from, to) -> kernels.sparse().entrySums(pattern, l, r, y, from, to));
            }
            case Op.EdgeDot(Csr pattern, int _, Tensor left, Tensor right) -> {
                Matrix l = left.read();
                Matrix r = right.read();
                tape.clear(y);
                tape.sparse(
                        pattern,
                        l.cols(),
                        (from, to) -> kernels.sparse().addEntryDots(pattern, Scaling.NONE, l, r, y, from, to));
            }
            case Op.EdgeSoftmax(Csr pattern, Tensor scores) -> {
                Matrix s = scores.read();
                tape.sparse(pattern, 4L * cols, (from, to) -> kernels.sparse().softmax(pattern, s, y, from, to));
            }
            case Op.ScaleRows(Tensor x, Tensor s) -> {
                Matrix xv = x.read();
                Matrix sv = s.read();
                workers.rows(out.rows(), cols, (from, to) -> kernels.rows().scaleRows(xv, sv, y, false, from, to));
            }
            case Op.Sum(Tensor x, float scale) -> tape.put(y, scale * tape.sum(x.read()));
            case Op.Dropout(Tensor x, float p, long key) -> {
                Matrix xv = x.read();
                workers.elements(n, (from, to) -> kernels.elements().dropout(xv, p, key, y, false, from, to));
            }
            case Op.LayerNorm(Tensor x, Tensor gamma, Tensor beta, float epsilon) -> {
                Matrix stats = tape.allocate(out.rows(), 2);
                Matrix xv = x.read();
                Matrix g = gamma.read();
                Matrix b = beta.read();
                workers.rows(
                        out.rows(), cols, (from, to) -> kernels.norms().layer(xv, g, b, epsilon, y, stats, from, to));
                out.saved = stats;
            }
            case Op.BatchNorm batch -> batchNorm(batch, out);
            case Op.MeanLoss(Loss loss, float delta, Tensor prediction, Tensor target, Tensor weights) -> {
                Matrix w = weights == null ? null : weights.read();
                Matrix x = prediction.read();
                Matrix wanted = target.read();
                double sum = workers.sum(
                        x.rows(),
                        8L * x.cols(),
                        (from, to) -> kernels.losses().loss(loss, delta, x, wanted, w, from, to));
                tape.put(y, sum / tape.weight(x.shape(), w));
            }
            case Op.SoftmaxCrossEntropy(Tensor logits, int[] rows, int[] classes, Tensor weights) -> {
                int count = classes.length;
                Matrix probabilities = tape.allocate(count, logits.cols());
                Matrix x = logits.read();
                Matrix w = weights == null ? null : weights.read();
                double sum = workers.sum(
                        count,
                        8L * logits.cols(),
                        (from, to) ->
                                kernels.losses().softmaxCrossEntropy(x, rows, classes, w, probabilities, from, to));
                tape.put(y, sum / tape.weight(new Shape(count, 1), w));
                out.saved = probabilities;
            }
            case Op.Open(Custom custom, List<Tensor> inputs) -> {
                List<Matrix> values = inputs.stream().map(Tensor::read).toList();
                switch (custom) {
                    case RowCustom rows ->
                        workers.rows(out.rows(), rows.rowWork(), (from, to) -> rows.forward(values, y, from, to));
                    default -> workers.alone(() -> custom.forward(values, y));
                }
            }
        }
    }

    private void aggregate(Op.Aggregate op, Tensor out) {
        Csr pattern = op.pattern();
        Matrix x = op.x().read();
        switch (op.reduce()) {
            case SUM -> tape.sparseSum(pattern, null, Scaling.NONE, x, out.value, false);
            case MEAN -> tape.sparseSum(pattern, null, Scaling.mean(pattern), x, out.value, false);
            case MAX, MIN -> extreme(pattern, null, op.reduce() == Reduce.MIN, x, out);
        }
    }

    /// @param weights null for ones
    private void extreme(Csr pattern, Matrix weights, boolean least, Matrix x, Tensor out) {
        Matrix chosen = tape.allocate(out.rows(), out.cols());
        Matrix y = out.value;
        tape.sparse(
                pattern,
                out.cols(),
                (from, to) -> kernels.sparse().extreme(pattern, weights, least, x, y, chosen, from, to));
        out.saved = chosen;
    }

    private void attend(Op.Attend op, Tensor out) {
        Matrix stats = tape.allocate(out.rows(), 4 * op.attention().heads());
        Attention.Operands in = Tape.operands(op);
        Matrix y = out.value;
        boolean gat = op.attention().form() == Attention.Form.GAT;
        Matrix above = gat && op.left().needsGradient() ? tape.allocate(out.rows(), out.cols()) : null;
        tape.sparse(op.pattern(), out.cols(), (from, to) -> kernels.attention().forward(in, y, stats, above, from, to));
        out.saved = stats;
        out.above = above;
    }

    private void batchNorm(Op.BatchNorm op, Tensor out) {
        Matrix x = op.x().read();
        Matrix moments = op.running();
        if (op.training()) {
            Matrix own = tape.allocate(2, x.cols());
            workers.columns(x.rows(), x.cols(), (from, to) -> kernels.norms().moments(x, own, from, to));
            workers.alone(() -> updateRunning(op, own));
            moments = own;
        }
        out.saved = moments;
        Matrix used = moments;
        Matrix y = out.value;
        Matrix gamma = op.gamma().read();
        Matrix beta = op.beta().read();
        workers.rows(
                x.rows(),
                x.cols(),
                (from, to) -> kernels.norms().batch(x, used, gamma, beta, op.epsilon(), y, from, to));
    }

    private static void updateRunning(Op.BatchNorm op, Matrix own) {
        Matrix running = op.running();
        for (long i = 0; i < running.size(); i++) {
            running.put(i, (1 - op.momentum()) * running.at(i) + op.momentum() * own.at(i));
        }
    }
}
