package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Multilayer perceptron: looks at each node alone and at no edge. What graphs add is what other models answer better
/// than this one. Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors", Nature 1986, with
/// the relu and dropout of today.
///
///     H^l = drop(relu(H^(l-1) W_l + b_l))        [nodes, hidden]
///
/// as [Stack] has it.
///
/// @param hidden width of hidden layers
/// @param stack how layers stand on one another
public record Mlp(
        @Option(def = "64", help = "width of hidden layers", min = 1, max = 4096)
        int hidden,

        Stack stack) implements NodeModel {
    public Mlp {
        Options.check(Mlp.class, hidden, stack);
    }

    /// None: no message is passed.
    @Override
    public int layers() {
        return 0;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(c, c.features(in), hidden, Function.RELU, (at, h) -> c.product(at.name(), h, at.width()));
    }
}
