package dev.hypha.learn;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import java.util.function.IntToDoubleFunction;

/// What a model has at hand during one pass: its parameters by name, the layers that the zoo is built from, and whether
/// this pass trains. Good for one pass on one tape.
public final class Context {
    private static final float EPSILON = 1e-5f;

    /// How far the running moments of a batch norm follow those of a batch.
    private static final float MOMENTUM = 0.1f;

    private final Tape tape;
    private final Weights weights;
    private final int outputs;
    private final boolean training;
    private final long key;
    private final String prefix;
    private final Context whole;
    private final boolean fixed;
    private Parameter inputs;
    private int draws;
    private Tensor penalty;

    /// @param tape where the pass is recorded
    /// @param weights the model's parameters; new names are made unless the set is closed
    /// @param outputs numbers wanted per seed
    /// @param training whether dropout and the like are active
    /// @param key source of the pass's randomness
    public Context(Tape tape, Weights weights, int outputs, boolean training, long key) {
        this.tape = tape;
        this.weights = weights;
        this.outputs = outputs;
        this.training = training;
        this.key = key;
        this.prefix = "";
        this.whole = this;
        this.fixed = false;
    }

    private Context(Context of, String name, int outputs, boolean fixed) {
        this.tape = of.tape;
        this.weights = of.weights;
        this.outputs = outputs;
        this.training = of.training;
        this.key = Keys.split(of.key, name);
        this.prefix = of.prefix + name + "/";
        this.whole = of.whole;
        this.inputs = of.inputs;
        this.fixed = fixed;
    }

    /// What a model that is part of another has at hand: its parameters are those whose names begin with
    /// `name/`, and its randomness is its own. Asked for once in a pass.
    ///
    /// @param outputs numbers wanted of it per seed
    public Context part(String name, int outputs) {
        return new Context(this, name, outputs, fixed);
    }

    /// A part that has learned before ([PretrainedModel]): in training its parameters get no gradient.
    public Context fixed(String name, int outputs) {
        return new Context(this, name, outputs, training);
    }

    /// Has [#features] read a parameter, so that [Tape#backward] gives derivatives by the features too.
    ///
    /// @param features of all nodes of the graph, shape [graph's nodes, width]
    public Context differentiating(Parameter features) {
        inputs = features;
        return this;
    }

    /// Numbers wanted per seed.
    public int outputs() {
        return outputs;
    }

    /// Whether this pass trains.
    public boolean training() {
        return training;
    }

    /// Given numbers, copied, row-major, shape [rows, cols].
    public Tensor constant(int rows, int cols, float[] values) {
        return tape.constant(rows, cols, values);
    }

    /// Numbers that are worked out where they are put, rounded to float32, shape [rows, 1].
    ///
    /// @param number of a row; asked for on several threads at once
    public Tensor constant(int rows, IntToDoubleFunction number) {
        return tape.constant(rows, number);
    }

    /// The same of any shape, elements counted row after row.
    public Tensor constant(int rows, int cols, IntToDoubleFunction number) {
        return tape.constant(rows, cols, number);
    }

    /// A given matrix as it is stored, not copied; it must stay as it is during the pass.
    public Tensor constant(StoredMatrix values) {
        return tape.constant(values);
    }

    /// `x W + b` with the parameters `name.weight`, shape [x.cols, out], and `name.bias`, shape [1, out].
    ///
    /// @return shape [x.rows, out]
    public Tensor linear(String name, Tensor x, int out) {
        return bias(name, product(name, x, out));
    }

    /// `x + b` with the parameter `name.bias`, shape [1, x.cols].
    public Tensor bias(String name, Tensor x) {
        return x.addBias(parameter(name + ".bias", 1, x.cols(), Weights.Init.ZERO));
    }

    /// `drop(f(x + b))` with the parameter `name.bias`, shape [1, x.cols]: the end of most layers, in one pass.
    ///
    /// @param f a relu, or an elu with alpha 1
    /// @param dropout see [#dropout]
    public Tensor activated(String name, Tensor x, Function f, double dropout) {
        Tensor row = parameter(name + ".bias", 1, x.cols(), Weights.Init.ZERO);
        boolean drops = training && dropout > 0;
        return x.biasActivation(row, f, 1, drops ? (float) dropout : 0, drops ? draw() : 0);
    }

    /// The features of the sources of a batch's first layer, as they are stored: what
    /// [Tape#constant(StoredMatrix)] says of products, rows, sums and dropout holds for them. A model need
    /// not know how they are stored.
    ///
    /// @return shape [sources, width]
    public Tensor features(NodeBatch in) {
        Tensor all = inputs == null ? constant(in.features()) : tape.parameter(inputs);
        return in.nodes().map(all::gather).orElse(all);
    }

    /// `x W` with the parameter `name.weight`, shape [x.cols, out].
    ///
    /// @return shape [x.rows, out]
    public Tensor product(String name, Tensor x, int out) {
        return x.times(parameter(name + ".weight", x.cols(), out, Weights.Init.GLOROT));
    }

    /// Rows of the table `name.table`, shape [vocabulary, width].
    ///
    /// @param rows from 0 to vocabulary - 1
    /// @return shape [rows.length, width]
    public Tensor embedding(String name, int[] rows, int vocabulary, int width) {
        return parameter(name + ".table", vocabulary, width, Weights.Init.SMALL).gather(rows);
    }

    /// For each bag the reduced rows of the table `name.table`, shape [bags.cols, width], that it lists.
    ///
    /// @param bags one row per bag, its sources rows of the table
    /// @return shape [bags.rows, width]
    public Tensor embeddingBag(String name, Csr bags, int width, Reduce reduce) {
        return parameter(name + ".table", bags.cols(), width, Weights.Init.SMALL)
                .embeddingBag(bags, null, reduce);
    }

    /// Each row to mean 0 and variance 1, then scaled and shifted by `name.gamma` and `name.beta`, shapes [1, x.cols].
    public Tensor layerNorm(String name, Tensor x) {
        Tensor gamma = parameter(name + ".gamma", 1, x.cols(), Weights.Init.ONE);
        return x.layerNorm(gamma, parameter(name + ".beta", 1, x.cols(), Weights.Init.ZERO), EPSILON);
    }

    /// Each column to mean 0 and variance 1, then scaled and shifted by `name.gamma` and `name.beta`, shapes [1,
    /// x.cols].
    /// In training by the rows at hand, else by the running moments `name.moments`, shape [2, x.cols].
    public Tensor batchNorm(String name, Tensor x) {
        Tensor gamma = parameter(name + ".gamma", 1, x.cols(), Weights.Init.ONE);
        Tensor beta = parameter(name + ".beta", 1, x.cols(), Weights.Init.ZERO);
        Matrix moments = weights.moments(prefix + name + ".moments", x.cols());
        return x.batchNorm(gamma, beta, moments, MOMENTUM, EPSILON, training);
    }

    /// In training each element is 0 with probability p, and divided by 1 - p otherwise; else `x` itself.
    public Tensor dropout(Tensor x, double p) {
        return training && p > 0 ? x.dropout((float) p, draw()) : x;
    }

    /// The parameter `name.column`, shape [rows, 1].
    public Tensor column(String name, int rows) {
        return parameter(name + ".column", rows, 1, Weights.Init.GLOROT);
    }

    /// The parameter `name.row`, shape [1, cols].
    public Tensor row(String name, int cols) {
        return parameter(name + ".row", 1, cols, Weights.Init.GLOROT);
    }

    /// The parameter `name.offsets`, shape [rows, cols], zeros at first: what is to start as something given and learns
    /// how far to move from it.
    public Tensor offsets(String name, int rows, int cols) {
        return parameter(name + ".offsets", rows, cols, Weights.Init.ZERO);
    }

    /// Asks for something to be small beside the loss: it is added to what is minimised.
    /// Only a pass that trains may ask.
    ///
    /// @param amount shape [1, 1]
    public void penalise(Tensor amount) {
        if (!training) throw new IllegalStateException("a penalty in a pass that does not train");
        whole.penalty = whole.penalty == null ? amount : whole.penalty.plus(amount);
    }

    /// What is minimised: a loss and all that was asked for beside it.
    Tensor penalised(Tensor loss) {
        return penalty == null ? loss : loss.plus(penalty);
    }

    /// A key for one thing that is random in this pass; each call gives another.
    public long draw() {
        return Keys.split(key, draws++);
    }

    private Tensor parameter(String name, int rows, int cols, Weights.Init init) {
        Parameter found = weights.get(prefix + name, rows, cols, init);
        return fixed ? tape.constant(found.value()) : tape.parameter(found);
    }
}
