package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;

/// Messages reduced by a learned operation, as near to a commutative monoid as training makes it. Ong and
/// Velickovic, "Learnable commutative monoids for graph neural networks", LoG 2022, section 4.
///
///     m_j  = relu(P h_j + p)                                                             [hidden]
///     a_i  = tree_j(m_j), the operation o applied to pairs, to pairs of their results, and so on
///     x o y = (f(x, y) + f(y, x)) / 2,   f a gated recurrent unit
///     h_i' = drop(relu(W h_i + V a_i + b))                                               [hidden]
///
/// over the sources j of the edges into i, zeros where there are none; stacked as [Stack] says. The tree is
/// balanced, so that d messages are reduced in ceil(log2 d) steps, those of all nodes at once. f is
///
///     z = sigmoid(Z [x; y] + c),   r = sigmoid(R [x; y] + d),   f = (1 - z) tanh(N [x; r y] + e) + z y
///
/// The operation is commutative as it is written. That it is associative is learned: to the loss is added
/// `associativity` times the mean of `|x o (y o z) - (x o y) o z|^2` over some messages. Until it is, what is
/// said of a node depends on how its neighbors are numbered.
///
/// Departure from all other models here: half as many rows are made as there are edges, as a learned
/// operation has no kernel.
///
/// @param hidden width of a node's vector, its messages and what they are reduced to
/// @param associativity weight of the operation's departure from associativity in the loss
/// @param stack how layers stand on one another
public record Lcm(
        @Option(def = "32", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "0.1", help = "weight of the operation's departure from associativity", min = 0, max = 1000)
        double associativity,

        Stack stack)
        implements NodeModel {
    /// Triples of messages that associativity is measured on in each pass.
    private static final int TRIPLES = 64;

    public Lcm {
        Options.check(Lcm.class, hidden, associativity, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(c, c.features(in), hidden, Function.RELU, (at, h) -> {
            LayerEdges edges = in.layer(at.index());
            Tensor messages = c.activated(at.name() + ".message", product(c, at, h), Function.RELU, 0);
            Tensor reduced = reduced(c, at.name(), edges, messages);
            if (c.training() && associativity > 0) regularise(c, at.name(), messages);
            Tensor own = c.product(at.name() + ".self", h.firstRows(edges.targets()), at.width());
            return own.plus(c.product(at.name() + ".neighbors", reduced, at.width()));
        });
    }

    private Tensor product(Context c, Stack.Place at, Tensor h) {
        return c.product(at.name() + ".message", h, hidden);
    }

    private Tensor reduced(Context c, String name, LayerEdges edges, Tensor messages) {
        ReductionTree tree =
                edges.once(ReductionTree.class, ReductionTree.class, () -> ReductionTree.of(edges.pattern()));
        Tensor level = messages;
        for (ReductionTree.Level step : tree.levels()) {
            Tensor left = level.gather(step.left());
            Tensor both = combined(c, name, left, level.gather(step.right()));
            Tensor paired = c.constant(left.rows(), i -> step.left()[i] == step.right()[i] ? 0 : 1);
            level = left.plus(both.minus(left).scaleRows(paired));
        }
        if (tree.levels().isEmpty()) combined(c, name, level.firstRows(0), level.firstRows(0));
        return level.spmm(tree.roots(), Reduce.SUM);
    }

    private Tensor combined(Context c, String name, Tensor x, Tensor y) {
        return gated(c, name, x, y).plus(gated(c, name, y, x)).scale(0.5f);
    }

    private Tensor gated(Context c, String name, Tensor x, Tensor y) {
        Tensor both = x.concat(y);
        Tensor update = c.linear(name + ".update", both, hidden).sigmoid();
        Tensor reset = c.linear(name + ".reset", both, hidden).sigmoid();
        Tensor fresh =
                c.linear(name + ".fresh", x.concat(reset.multiply(y)), hidden).tanh();
        return fresh.plus(update.multiply(y.minus(fresh)));
    }

    private void regularise(Context c, String name, Tensor messages) {
        int triples = Math.min(TRIPLES, messages.rows() / 3);
        if (triples == 0) return;
        Tensor x = messages.sliceRows(0, triples);
        Tensor y = messages.sliceRows(triples, 2 * triples);
        Tensor z = messages.sliceRows(2 * triples, 3 * triples);
        Tensor apart =
                combined(c, name, x, combined(c, name, y, z)).minus(combined(c, name, combined(c, name, x, y), z));
        c.penalise(apart.multiply(apart).sum().scale((float) (associativity / triples)));
    }
}
