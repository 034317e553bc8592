package dev.hypha.tensor;

/// The shape rule of each operation.
final class Shapes {
    private Shapes() {}

    /// The shape of the result.
    ///
    /// @throws ShapeException if the operands do not fit
    static Shape of(Op op) {
        return switch (op) {
            case Op.Product(Tensor a, Tensor b) -> {
                if (a.cols() != b.rows()) throw new ShapeException("times", a.shape(), b.shape());
                yield new Shape(a.rows(), b.cols());
            }
            case Op.WidenedProduct(Bfloat16Matrix a, Tensor b) -> {
                if (a.cols() != b.rows()) throw new ShapeException("times", a.shape(), b.shape());
                yield new Shape(a.rows(), b.cols());
            }
            case Op.Add(Tensor a, Tensor b, float _) -> same("plus", a, b);
            case Op.AddRow(Tensor x, Tensor row) -> {
                requireRow("plusRow", x, row);
                yield x.shape();
            }
            case Op.Multiply(Tensor a, Tensor b) -> same("multiply", a, b);
            case Op.Affine(Tensor x, float _, float _) -> x.shape();
            case Op.Map(Function _, float _, Tensor x) -> x.shape();
            case Op.BiasActivation activation -> biasActivation(activation);
            case Op.Concat concat -> concat(concat);
            case Op.SliceColumns(Tensor x, int from, int to) -> {
                if (!within(from, to, x.cols())) throw new ShapeException("columns", x.shape(), from + " to " + to);
                yield new Shape(x.rows(), to - from);
            }
            case Op.SliceRows(Tensor x, int from, int to) -> {
                if (!within(from, to, x.rows())) throw new ShapeException("rows", x.shape(), from + " to " + to);
                yield new Shape(to - from, x.cols());
            }
            case Op.Gather(Tensor x, int[] rows) -> {
                requireBelow("gather", x.shape(), rows, x.rows());
                yield new Shape(rows.length, x.cols());
            }
            case Op.Aggregate(Csr pattern, Tensor x, Reduce _) -> aggregate(pattern, x);
            case Op.WeightedExtreme(Csr pattern, boolean _, Tensor weights, Tensor x) -> {
                requireHeads("aggregate", pattern, weights, x);
                yield aggregate(pattern, x);
            }
            case Op.WeightedSum(Csr pattern, Scaling scaling, Tensor weights, Tensor x) -> {
                requireFactors(pattern, scaling);
                if (weights != null) requireHeads("aggregate", pattern, weights, x);
                yield aggregate(pattern, x);
            }
            case Op.WidenedSum(Csr pattern, Scaling scaling, Bfloat16Matrix x) -> {
                requireFactors(pattern, scaling);
                if (pattern.cols() != x.rows()) throw new ShapeException("aggregate", pattern, x.shape());
                yield new Shape(pattern.rows(), x.cols());
            }
            case Op.Attend attend -> attend(attend);
            case Op.EdgeSum(Csr pattern, Tensor left, Tensor right) -> {
                if (left.cols() != right.cols()) throw new ShapeException("edgeSum", left.shape(), right.shape());
                requireEnds("edgeSum", pattern, left, right);
                yield new Shape(pattern.edges(), left.cols());
            }
            case Op.EdgeDot(Csr pattern, int heads, Tensor left, Tensor right) -> {
                if (left.cols() != right.cols()) throw new ShapeException("edgeDot", left.shape(), right.shape());
                if (heads < 1 || left.cols() % heads != 0) {
                    throw new ShapeException("edgeDot", left.shape(), heads + " heads");
                }
                requireEnds("edgeDot", pattern, left, right);
                yield new Shape(pattern.edges(), heads);
            }
            case Op.EdgeSoftmax(Csr pattern, Tensor scores) -> {
                if (pattern.entries() != null) throw new ShapeException("edgeSoftmax", pattern, "a transpose");
                if (scores.rows() != pattern.edges()) throw new ShapeException("edgeSoftmax", pattern, scores.shape());
                yield scores.shape();
            }
            case Op.ScaleRows(Tensor x, Tensor s) -> {
                requireColumn("scaleRows", x, s);
                yield x.shape();
            }
            case Op.Sum(Tensor _, float _) -> new Shape(1, 1);
            case Op.Dropout(Tensor x, float p, long _) -> {
                requireProbability("dropout", x, p);
                yield x.shape();
            }
            case Op.LayerNorm(Tensor x, Tensor gamma, Tensor beta, float _) -> {
                requireRow("layerNorm", x, gamma);
                requireRow("layerNorm", x, beta);
                yield x.shape();
            }
            case Op.BatchNorm batch -> batchNorm(batch);
            case Op.MeanLoss(Loss _, float _, Tensor prediction, Tensor target, Tensor weights) -> {
                same("loss", prediction, target);
                requireConstant(target);
                requireConstant(weights);
                if (weights != null) requireColumn("loss", prediction, weights);
                yield new Shape(1, 1);
            }
            case Op.SoftmaxCrossEntropy loss -> softmaxCrossEntropy(loss);
            case Op.Open open ->
                open.custom().shape(open.inputs().stream().map(Tensor::shape).toList());
        };
    }

    private static Shape biasActivation(Op.BiasActivation op) {
        Shape shape = op.x().shape();
        requireRow("biasActivation", op.x(), op.row());
        requireProbability("biasActivation", op.x(), op.p());
        boolean sloped = op.f() == Function.LEAKY_RELU || op.f() == Function.ELU;
        boolean told = op.f() == Function.RELU || (sloped && op.slope() >= 0);
        if (!told) throw new ShapeException("biasActivation", shape, op.f() + " of slope " + op.slope());
        return shape;
    }

    private static void requireProbability(String op, Tensor x, float p) {
        if (!(p >= 0 && p < 1)) throw new ShapeException(op, x.shape(), "probability " + p);
    }

    private static Shape same(String op, Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) throw new ShapeException(op, a.shape(), b.shape());
        return a.shape();
    }

    private static void requireRow(String op, Tensor x, Tensor row) {
        if (row.rows() != 1 || row.cols() != x.cols()) throw new ShapeException(op, x.shape(), row.shape());
    }

    private static void requireColumn(String op, Tensor x, Tensor column) {
        if (column.cols() != 1 || column.rows() != x.rows()) throw new ShapeException(op, x.shape(), column.shape());
    }

    private static void requireConstant(Tensor given) {
        if (given != null && given.needsGradient()) {
            throw new IllegalArgumentException(
                    "targets and weights of a loss get no gradient, so they must be constants");
        }
    }

    private static Shape softmaxCrossEntropy(Op.SoftmaxCrossEntropy op) {
        Tensor logits = op.logits();
        int count = op.rows() == null ? logits.rows() : op.rows().length;
        if (op.classes().length != count) {
            throw new ShapeException("softmaxCrossEntropy", logits.shape(), op.classes().length + " classes");
        }
        for (int i = 0; op.rows() != null && i < count; i++) {
            int row = op.rows()[i];
            boolean rises = i == 0 || row > op.rows()[i - 1];
            if (row < 0 || row >= logits.rows() || !rises) {
                throw new ShapeException("softmaxCrossEntropy", logits.shape(), "row " + row + ", rows must rise");
            }
        }
        requireBelow("softmaxCrossEntropy", logits.shape(), op.classes(), logits.cols());
        Tensor weights = op.weights();
        requireConstant(weights);
        if (weights != null && (weights.cols() != 1 || weights.rows() != count)) {
            throw new ShapeException("softmaxCrossEntropy", logits.shape(), weights.shape());
        }
        return new Shape(1, 1);
    }

    private static boolean within(int from, int to, int size) {
        return from >= 0 && from <= to && to <= size;
    }

    static void requireBelow(String op, Shape shape, int[] values, int limit) {
        for (int value : values) {
            if (value < 0 || value >= limit) throw new ShapeException(op, shape, "index " + value);
        }
    }

    private static Shape aggregate(Csr pattern, Tensor x) {
        if (pattern.cols() != x.rows()) throw new ShapeException("aggregate", pattern, x.shape());
        return new Shape(pattern.rows(), x.cols());
    }

    /// One column of weights for each of some equal parts of x's columns.
    private static void requireHeads(String op, Csr pattern, Tensor weights, Tensor x) {
        int heads = weights.cols();
        if (weights.rows() != pattern.edges()) throw new ShapeException(op, weights.shape(), pattern);
        if (heads == 0 || x.cols() % heads != 0) throw new ShapeException(op, weights.shape(), x.shape());
    }

    private static void requireEnds(String op, Csr pattern, Tensor left, Tensor right) {
        if (left.rows() != pattern.rows()) throw new ShapeException(op, pattern, left.shape());
        if (right.rows() != pattern.cols()) throw new ShapeException(op, pattern, right.shape());
    }

    private static Shape attend(Op.Attend op) {
        Tensor left = op.left();
        Tensor right = op.right();
        Tensor vector = op.vector();
        int heads = op.attention().heads();
        boolean gat = op.attention().form() == Attention.Form.GAT;
        if (left.cols() != right.cols()) throw new ShapeException("attend", left.shape(), right.shape());
        if (gat ? left.cols() != heads : left.cols() % heads != 0) {
            throw new ShapeException("attend", left.shape(), heads + " heads");
        }
        if ((op.attention().form() == Attention.Form.GATV2) != (vector != null)) {
            throw new ShapeException("attend", op.attention().form(), vector == null ? "no vector" : vector.shape());
        }
        if (vector != null) requireRow("attend", left, vector);
        if (op.values().cols() % heads != 0)
            throw new ShapeException("attend", op.values().shape(), heads + " heads");
        requireEnds("attend", op.pattern(), left, right);
        return aggregate(op.pattern(), op.values());
    }

    private static void requireFactors(Csr pattern, Scaling scaling) {
        float[] s = scaling.sources();
        float[] t = scaling.targets();
        if (s != null && s.length < pattern.cols())
            throw new ShapeException("aggregate", pattern, s.length + " factors");
        if (t != null && t.length < pattern.rows())
            throw new ShapeException("aggregate", pattern, t.length + " factors");
    }

    private static Shape concat(Op.Concat op) {
        if (op.parts().isEmpty()) throw new ShapeException("concat", "nothing", "at least one part");
        Tensor first = op.parts().getFirst();
        int cols = 0;
        for (Tensor part : op.parts()) {
            if (part.rows() != first.rows()) throw new ShapeException("concat", first.shape(), part.shape());
            cols = Math.addExact(cols, part.cols());
        }
        return new Shape(first.rows(), cols);
    }

    private static Shape batchNorm(Op.BatchNorm op) {
        requireRow("batchNorm", op.x(), op.gamma());
        requireRow("batchNorm", op.x(), op.beta());
        Shape running = new Shape(2, op.x().cols());
        if (!op.running().shape().equals(running)) {
            throw new ShapeException("batchNorm", op.x().shape(), op.running().shape());
        }
        if (op.training() && op.x().rows() == 0)
            throw new ShapeException("batchNorm", op.x().shape(), "at least one row");
        return op.x().shape();
    }
}
