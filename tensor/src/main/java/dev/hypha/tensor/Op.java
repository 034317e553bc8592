package dev.hypha.tensor;

import java.util.List;
import java.util.stream.Stream;

/// An operation with its operands. The algebra is closed: shape rule, forward, gradient and what the gradient reads are
/// four switches over these records without a default, in [Shapes], [Forward], [Gradients] and [Reads]. Most code calls
/// the methods of [Tensor] instead.
// Arrays as components: operations are matched on and never compared, and a copy per step would cost.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Op {
    /// The tensors it reads, in order.
    List<Tensor> inputs();

    /// a b, shapes [m, k] and [k, n].
    record Product(Tensor a, Tensor b) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(a, b);
        }
    }

    /// a b of a constant a in bfloat16, shapes [m, k] and [k, n]; a is widened some rows at a time.
    record WidenedProduct(Bfloat16Matrix a, Tensor b) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(b);
        }
    }

    /// a + weight b, equal shapes.
    record Add(Tensor a, Tensor b, float weight) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(a, b);
        }
    }

    /// x + row, shapes [n, c] and [1, c].
    record AddRow(Tensor x, Tensor row) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x, row);
        }
    }

    /// a b element by element, equal shapes.
    record Multiply(Tensor a, Tensor b) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(a, b);
        }
    }

    /// scale x + shift.
    record Affine(Tensor x, float scale, float shift) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// f(x) element by element.
    record Map(Function f, float slope, Tensor x) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// drop(f(x + row)) in one pass, shapes [n, c] and [1, c]: the end of most layers. Its gradient needs the result
    /// alone, so that nothing else is kept.
    ///
    /// @param f one whose result tells its derivative: a relu, leaky relu or elu
    /// @param p probability that an element is dropped; those kept are divided by 1 - p
    record BiasActivation(Tensor x, Tensor row, Function f, float slope, float p, long key) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x, row);
        }
    }

    /// Parts beside each other, equal numbers of rows.
    record Concat(List<Tensor> parts) implements Op {
        @Override
        public List<Tensor> inputs() {
            return parts;
        }
    }

    /// Columns from (inclusive) to (exclusive).
    record SliceColumns(Tensor x, int from, int to) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// Rows from (inclusive) to (exclusive); shares the memory of x.
    record SliceRows(Tensor x, int from, int to) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// Row `rows[i]` of x as row i.
    record Gather(Tensor x, int[] rows) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// The reduced rows of each target's sources, shapes [t, s] pattern and [s, c].
    record Aggregate(Csr pattern, Tensor x, Reduce reduce) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// The largest, or smallest, of the weighted rows of each target's sources, column by column; weights
    /// [entries, heads], each for as many neighbouring columns of x.
    record WeightedExtreme(Csr pattern, boolean least, Tensor weights, Tensor x) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(weights, x);
        }
    }

    /// The weighted sum of the rows of each target's sources, y_i = t_i sum over e of w_e s_j x_j; weights
    /// [entries, heads], each for as many neighbouring columns of x, or null for ones.
    record WeightedSum(Csr pattern, Scaling scaling, Tensor weights, Tensor x) implements Op {
        @Override
        public List<Tensor> inputs() {
            return weights == null ? List.of(x) : List.of(weights, x);
        }
    }

    /// The sum of the rows of each target's sources of a constant in bfloat16, y_i = t_i sum over e of s_j
    /// x_j.
    record WidenedSum(Csr pattern, Scaling scaling, Bfloat16Matrix x) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of();
        }
    }

    /// The sum of each target's sources' values, weighted by a softmax over the target's entries of their scores.
    ///
    /// @param vector a of GATV2, otherwise null
    record Attend(Csr pattern, Attention attention, Tensor left, Tensor right, Tensor vector, Tensor values)
            implements Op {
        @Override
        public List<Tensor> inputs() {
            return Stream.of(left, right, vector, values).filter(t -> t != null).toList();
        }
    }

    /// For each entry its target's row of left plus its source's row of right, shape [entries, cols].
    record EdgeSum(Csr pattern, Tensor left, Tensor right) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(left, right);
        }
    }

    /// For each entry the dot product of its target's row of left and its source's row of right, head by head, shape
    /// [entries, heads].
    record EdgeDot(Csr pattern, int heads, Tensor left, Tensor right) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(left, right);
        }
    }

    /// e^score divided by the sum of these over the entries of the same target, column by column; shape
    /// [entries, heads].
    record EdgeSoftmax(Csr pattern, Tensor scores) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(scores);
        }
    }

    /// Row i of x times s_i, shapes [n, c] and [n, 1].
    record ScaleRows(Tensor x, Tensor s) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x, s);
        }
    }

    /// The sum of all elements times scale, shape [1, 1].
    record Sum(Tensor x, float scale) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// Each element kept with probability 1 - p and then divided by it; which ones follows from the key.
    record Dropout(Tensor x, float p, long key) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x);
        }
    }

    /// Each row normalised, then gamma and beta, shapes [1, c].
    record LayerNorm(Tensor x, Tensor gamma, Tensor beta, float epsilon) implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x, gamma, beta);
        }
    }

    /// Each column normalised, then gamma and beta, shapes [1, c]; by its own moments if training, else by the running
    /// ones.
    record BatchNorm(
            Tensor x, Tensor gamma, Tensor beta, Matrix running, float momentum, float epsilon, boolean training)
            implements Op {
        @Override
        public List<Tensor> inputs() {
            return List.of(x, gamma, beta);
        }
    }

    /// The weighted mean loss over all elements, shape [1, 1]; weights [n, 1] or null.
    record MeanLoss(Loss loss, float delta, Tensor prediction, Tensor target, Tensor weights) implements Op {
        @Override
        public List<Tensor> inputs() {
            return weights == null ? List.of(prediction, target) : List.of(prediction, target, weights);
        }
    }

    /// The weighted mean of -log softmax(logits)[class] over some rows, rising, or all where null; shape
    /// [1, 1]; classes and weights [n, 1] (or null) for these rows.
    record SoftmaxCrossEntropy(Tensor logits, int[] rows, int[] classes, Tensor weights) implements Op {
        @Override
        public List<Tensor> inputs() {
            return Stream.of(logits, weights).filter(t -> t != null).toList();
        }
    }

    /// An operation of somebody's own.
    record Open(Custom custom, List<Tensor> inputs) implements Op {}
}
