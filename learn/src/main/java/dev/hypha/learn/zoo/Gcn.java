package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Graph convolutional network. Kipf and Welling, "Semi-supervised classification with graph convolutional networks",
/// ICLR 2017, equation 2.
///
///     H^l = drop(relu(D^-1/2 (A + I) D^-1/2 H^(l-1) W_l + b_l))        [nodes, hidden]
///
/// with D the degrees of A + I; stacked as [Stack] says. The paper drops half of the features too (`input-dropout`).
///
/// Departures: a bias per layer, as the authors' later code has it. Where edges are sampled, they are weighed up as
/// `LayerEdges.normalised` says.
///
/// @param hidden width of a node's vector between layers
/// @param stack how layers stand on one another
public record Gcn(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        Stack stack)
        implements NodeModel {
    public Gcn {
        Options.check(Gcn.class, hidden, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(
                c,
                c.features(in),
                hidden,
                Function.RELU,
                (at, h) -> in.layer(at.index()).normalised(c, c.product(at.name(), h, at.width())));
    }
}
