package dev.hypha.tensor;

import java.util.List;

/// A value on a [Tape]: float32, always of two dimensions, with the operation it came from so that
/// gradients can flow back. Methods make new tensors and change none. Operands that do not fit are refused
/// with a [ShapeException].
public final class Tensor {
    private final Tape tape;
    private final Shape shape;
    private final Op op;
    private final boolean needsGradient;
    Matrix value;
    Matrix gradient;
    /// What it is, for a constant that is not stored dense; its value is then made when something asks for
    /// it.
    StoredMatrix stored;
    /// How often its value will be read, by operations noted and by gradients.
    int uses;
    /// Whether it was asked for from outside, so that its value stays until the tape is closed.
    boolean wanted;
    /// What the gradient needs beside operands and value; null for most operations.
    Matrix saved;
    /// The sums over positive scores that the gradient of a GAT's left needs; null for all else.
    Matrix above;

    Tensor(Tape tape, Shape shape, Op op, boolean needsGradient) {
        this.tape = tape;
        this.shape = shape;
        this.op = op;
        this.needsGradient = needsGradient;
    }

    /// The tape it is on.
    public Tape tape() {
        return tape;
    }

    /// Rows and columns.
    public Shape shape() {
        return shape;
    }

    /// Number of rows.
    public int rows() {
        return shape.rows();
    }

    /// Number of columns.
    public int cols() {
        return shape.cols();
    }

    /// Its elements, worked out if they were not yet; valid until the tape is closed, and not to be changed.
    ///
    /// @throws IllegalStateException after [#backward], which gives back the memory of values that nobody
    ///     asked for before
    public Matrix value() {
        wanted = true;
        return read();
    }

    /// Its elements for an operation, valid as long as that was counted as a use.
    Matrix read() {
        tape.requireOpen();
        if (value != null) return value;
        value = stored != null ? tape.dense(stored) : tape.value(this);
        return value;
    }

    /// Whether its memory is its own: not a parameter's, a constant's, a slice's or somebody's who asked for it.
    boolean ownsValue() {
        return op != null && !(op instanceof Op.SliceRows) && !wanted;
    }

    /// The single element of a tensor of shape [1, 1].
    public float number() {
        if (rows() != 1 || cols() != 1) throw new ShapeException("number", shape, new Shape(1, 1));
        return tape.number(value());
    }

    /// Whether a parameter that is trained leads here on a tape that records.
    public boolean needsGradient() {
        return needsGradient;
    }

    /// Whether it is a sparse constant, so that a product with it is cheap and anything else makes it dense.
    public boolean isSparse() {
        return stored instanceof SparseMatrix;
    }

    Op op() {
        return op;
    }

    /// Its gradient so far, zeros at first.
    Matrix gradient() {
        if (gradient == null) {
            gradient = tape.allocate(rows(), cols());
            tape.clear(gradient);
        }
        return gradient;
    }

    boolean hasGradient() {
        return gradient != null;
    }

    /// Its gradient, holding whatever was there before unless it has one: for whoever writes all of it.
    Matrix gradientToWrite() {
        if (gradient == null) gradient = tape.allocate(rows(), cols());
        return gradient;
    }

    /// The matrix product, shapes [m, k] and [k, n].
    public Tensor times(Tensor right) {
        return stored != null ? Constants.times(this, right) : tape.apply(new Op.Product(this, right));
    }

    /// The sum, equal shapes.
    public Tensor plus(Tensor right) {
        return tape.apply(new Op.Add(this, right, 1));
    }

    /// The difference, equal shapes.
    public Tensor minus(Tensor right) {
        return tape.apply(new Op.Add(this, right, -1));
    }

    /// This plus the same row for each of its rows, shape [1, cols]: a bias.
    public Tensor addBias(Tensor row) {
        return tape.apply(new Op.AddRow(this, row));
    }

    /// The product element by element, equal shapes.
    public Tensor multiply(Tensor right) {
        return tape.apply(new Op.Multiply(this, right));
    }

    /// Each element times a number.
    public Tensor scale(float factor) {
        return tape.apply(new Op.Affine(this, factor, 0));
    }

    /// Each element plus a number.
    public Tensor addScalar(float number) {
        return tape.apply(new Op.Affine(this, 1, number));
    }

    /// max(x, 0).
    public Tensor relu() {
        return tape.apply(new Op.Map(Function.RELU, 0, this));
    }

    /// x where positive, else slope times x.
    public Tensor leakyRelu(float slope) {
        return tape.apply(new Op.Map(Function.LEAKY_RELU, slope, this));
    }

    /// x where positive, else alpha (e^x - 1). Clevert, Unterthiner, Hochreiter, "Fast and accurate deep
    /// network learning by exponential linear units", ICLR 2016.
    public Tensor elu(float alpha) {
        return tape.apply(new Op.Map(Function.ELU, alpha, this));
    }

    /// 1 / (1 + e^-x).
    public Tensor sigmoid() {
        return tape.apply(new Op.Map(Function.SIGMOID, 0, this));
    }

    /// Hyperbolic tangent.
    public Tensor tanh() {
        return tape.apply(new Op.Map(Function.TANH, 0, this));
    }

    /// e^x.
    public Tensor exp() {
        return tape.apply(new Op.Map(Function.EXP, 0, this));
    }

    /// Natural logarithm.
    public Tensor log() {
        return tape.apply(new Op.Map(Function.LOG, 0, this));
    }

    /// This with others to its right, equal numbers of rows.
    public Tensor concat(Tensor... others) {
        Tensor[] parts = new Tensor[others.length + 1];
        parts[0] = this;
        System.arraycopy(others, 0, parts, 1, others.length);
        return concat(List.of(parts));
    }

    /// drop(f(this + row)), in one pass: a bias for each column, a relu, leaky relu or elu, and dropout.
    ///
    /// @param row shape [1, cols]
    /// @param slope of a leaky relu, or alpha of an elu; not below 0
    /// @param p probability that an element is dropped; 0 for none
    /// @param key which ones are dropped
    public Tensor biasActivation(Tensor row, Function f, float slope, float p, long key) {
        return tape.apply(new Op.BiasActivation(this, row, f, slope, p, key));
    }

    /// The parts beside each other from left to right, equal numbers of rows; at least one part.
    public static Tensor concat(List<Tensor> parts) {
        if (parts.isEmpty()) throw new ShapeException("concat", "nothing", "at least one part");
        return parts.getFirst().tape.apply(new Op.Concat(List.copyOf(parts)));
    }

    /// Columns `from` (inclusive) to `to` (exclusive).
    public Tensor sliceColumns(int from, int to) {
        return tape.apply(new Op.SliceColumns(this, from, to));
    }

    /// Rows `from` (inclusive) to `to` (exclusive); costs nothing.
    public Tensor sliceRows(int from, int to) {
        if (from == 0 && to == rows()) return this;
        return stored != null ? Constants.slice(this, from, to) : tape.apply(new Op.SliceRows(this, from, to));
    }

    /// The first rows; costs nothing.
    public Tensor firstRows(int count) {
        return sliceRows(0, count);
    }

    /// Row `rows[i]` of this as row i, for instance a look-up in a table of embeddings. The array must not
    /// change.
    public Tensor gather(int[] rows) {
        return stored != null ? Constants.gather(this, rows) : tape.apply(new Op.Gather(this, rows));
    }

    /// For each target of the pattern its sources' rows of this, reduced to one row, shape [targets, cols].
    public Tensor spmm(Csr pattern, Reduce reduce) {
        return stored != null
                ? Constants.reduce(this, pattern, reduce)
                : tape.apply(new Op.Aggregate(pattern, this, reduce));
    }

    /// For each target of the pattern the weighted sum of its sources' rows of this, shape [targets, cols].
    ///
    /// @param weights shape [entries, heads]: one per entry, or one per entry and head, each for cols / heads
    ///     neighbouring columns
    public Tensor spmm(Csr pattern, Tensor weights) {
        return tape.apply(new Op.WeightedSum(pattern, Scaling.NONE, weights, this));
    }

    /// For each target of the pattern its sources' rows of this, weighted and reduced to one row, shape
    /// [targets, cols]. A mean divides by the number of sources, whatever their weights.
    ///
    /// @param weights as for a sum
    public Tensor spmm(Csr pattern, Tensor weights, Reduce reduce) {
        return switch (reduce) {
            case SUM -> spmm(pattern, weights);
            case MEAN -> tape.apply(new Op.WeightedSum(pattern, Scaling.mean(pattern), weights, this));
            case MAX, MIN -> tape.apply(new Op.WeightedExtreme(pattern, reduce == Reduce.MIN, weights, this));
        };
    }

    /// For each bag, a row of `bags`, the reduced rows of this table that it lists: a look-up of several
    /// rows at once, without an array of them all. Shape [bags, cols]; a bag may list a row more than once.
    ///
    /// @param bags bags x rows of this: offsets and indices
    /// @param weights one per listed row, shape [entries, 1], or null for ones
    public Tensor embeddingBag(Csr bags, Tensor weights, Reduce reduce) {
        return weights == null ? spmm(bags, reduce) : spmm(bags, weights, reduce);
    }

    /// For each target of the pattern the sum of its sources' rows of this, with constant factors of
    /// sources and targets, shape [targets, cols].
    public Tensor spmm(Csr pattern, Scaling scaling) {
        return stored != null
                ? Constants.sum(this, pattern, scaling)
                : tape.apply(new Op.WeightedSum(pattern, scaling, null, this));
    }

    /// The same with a weight for each entry beside the factors.
    ///
    /// @param weights shape [entries, heads], as for a sum without factors
    public Tensor spmm(Csr pattern, Scaling scaling, Tensor weights) {
        return tape.apply(new Op.WeightedSum(pattern, scaling, weights, this));
    }

    /// For each target of the pattern the sum of its sources' rows of these values, weighted by a softmax
    /// over the target's entries of their scores, shape [targets, cols]. Nothing is stored per entry.
    ///
    /// @param left what a score takes from the target, see [Attention]
    /// @param right what a score takes from the source
    /// @param vector a of GATV2, shape [1, cols of left], otherwise null
    public Tensor attend(Csr pattern, Attention attention, Tensor left, Tensor right, Tensor vector) {
        return tape.apply(new Op.Attend(pattern, attention, left, right, vector, this));
    }

    /// For each entry of the pattern its target's row of this plus its source's row of `right`, shape
    /// [entries, cols].
    /// One row per entry: for scores of a few heads, not for features.
    public Tensor edgeSum(Csr pattern, Tensor right) {
        return tape.apply(new Op.EdgeSum(pattern, this, right));
    }

    /// For each entry of the pattern the dot product of its target's row of this and its source's row of
    /// `right`, for each of some equal parts of the columns, shape [entries, heads].
    public Tensor edgeDot(Csr pattern, int heads, Tensor right) {
        return tape.apply(new Op.EdgeDot(pattern, heads, this, right));
    }

    /// The softmax over the entries of each target, column by column, shape [entries, heads].
    public Tensor edgeSoftmax(Csr pattern) {
        return tape.apply(new Op.EdgeSoftmax(pattern, this));
    }

    /// Row i times the number in row i of a column, shape [rows, 1].
    public Tensor scaleRows(Tensor column) {
        return tape.apply(new Op.ScaleRows(this, column));
    }

    /// The sum of all elements, shape [1, 1].
    public Tensor sum() {
        return tape.apply(new Op.Sum(this, 1));
    }

    /// The mean of all elements, shape [1, 1].
    public Tensor mean() {
        return tape.apply(new Op.Sum(this, 1f / shape.elements()));
    }

    /// Each element kept with probability 1 - p and divided by that, else 0. The key decides which; give
    /// each call its own.
    public Tensor dropout(float p, long key) {
        if (p == 0) return this;
        return stored != null ? Constants.dropout(this, p, key) : tape.apply(new Op.Dropout(this, p, key));
    }

    /// Each row shifted and scaled to mean 0 and variance 1, then times gamma plus beta, shapes [1, cols].
    /// Ba, Kiros, Hinton, "Layer normalization", 2016.
    public Tensor layerNorm(Tensor gamma, Tensor beta, float epsilon) {
        return tape.apply(new Op.LayerNorm(this, gamma, beta, epsilon));
    }

    /// Each column shifted and scaled to mean 0 and variance 1, then times gamma plus beta, shapes [1, cols].
    /// In training by the batch's own moments, which also move the running ones by `momentum`; else by those.
    /// Ioffe, Szegedy, "Batch normalization", ICML 2015; the running variance is the biased one.
    ///
    /// @param running means and variances, shape [2, cols]; changed if training
    public Tensor batchNorm(
            Tensor gamma, Tensor beta, Matrix running, float momentum, float epsilon, boolean training) {
        return tape.apply(new Op.BatchNorm(this, gamma, beta, running, momentum, epsilon, training));
    }

    /// The mean binary cross-entropy of these logits, shape [1, 1].
    ///
    /// @param target a constant of this shape, from 0 to 1
    public Tensor binaryCrossEntropyWithLogits(Tensor target) {
        return loss(Loss.BINARY_CROSS_ENTROPY, 0, target, null);
    }

    /// The same with a weight per row, a constant of shape [rows, 1]: divided by the sum of weights.
    public Tensor binaryCrossEntropyWithLogits(Tensor target, Tensor weights) {
        return loss(Loss.BINARY_CROSS_ENTROPY, 0, target, weights);
    }

    /// The mean over rows of -log softmax(row)[class], shape [1, 1].
    public Tensor softmaxCrossEntropy(int[] classes) {
        return tape.apply(new Op.SoftmaxCrossEntropy(this, null, classes, null));
    }

    /// The same with a weight per row, a constant of shape [rows, 1]: divided by the sum of weights.
    public Tensor softmaxCrossEntropy(int[] classes, Tensor weights) {
        return tape.apply(new Op.SoftmaxCrossEntropy(this, null, classes, weights));
    }

    /// The same over some rows only, shape [1, 1].
    ///
    /// @param rows of this, rising; the array must not change
    /// @param classes of these rows
    public Tensor softmaxCrossEntropy(int[] rows, int[] classes) {
        return tape.apply(new Op.SoftmaxCrossEntropy(this, rows, classes, null));
    }

    /// The mean squared error, shape [1, 1].
    public Tensor meanSquared(Tensor target) {
        return loss(Loss.SQUARED, 0, target, null);
    }

    /// The mean absolute error, shape [1, 1].
    public Tensor absolute(Tensor target) {
        return loss(Loss.ABSOLUTE, 0, target, null);
    }

    /// The mean Huber loss, shape [1, 1]: squared within `delta` of the target, straight beyond.
    public Tensor huber(Tensor target, float delta) {
        return loss(Loss.HUBER, delta, target, null);
    }

    /// A mean loss against a constant of this shape, with a constant weight per row, shape [rows, 1]; shape
    /// [1, 1].
    ///
    /// @param delta of the Huber loss; otherwise not used
    /// @param weights or null for equal ones
    public Tensor loss(Loss loss, float delta, Tensor target, Tensor weights) {
        return tape.apply(new Op.MeanLoss(loss, delta, this, target, weights));
    }

    /// Works out the gradients of the parameters behind this loss, shape [1, 1], and adds them to theirs.
    public void backward() {
        tape.backward(this);
    }

    @Override
    public String toString() {
        return "Tensor" + shape + (op == null ? "" : " from " + op.getClass().getSimpleName());
    }
}
