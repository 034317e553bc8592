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

/// Graph isomorphism network. Xu, Hu, Leskovec, Jegelka, "How powerful are graph neural networks?", ICLR 2019,
/// equation 4.1.
///
///     h_i^l = drop(relu(V_l relu(W_l ((1 + eps) h_i^(l-1) + sum_j h_j^(l-1)) + b_l) + a_l))  [hidden]
///
/// over the sources j of the edges into i; stacked as [Stack] says.
///
/// Departures: eps is given, not trained (the paper's GIN-0 is the default); no batch norm between the two maps; the
/// answer is read off the last layer alone unless `jumping` says otherwise, as nodes and not graphs are answered for.
/// The sum of maps is the map of the sum: whichever is less work comes first.
///
/// @param hidden width of a node's vector between layers and within each
/// @param epsilon how much more a node's own vector counts than a neighbor's
/// @param stack how layers stand on one another
public record Gin(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "0", help = "how much more a node's own vector counts than a neighbor's", min = -1, max = 100)
        double epsilon,

        Stack stack)
        implements NodeModel {
    public Gin {
        Options.check(Gin.class, hidden, epsilon, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(c, c.features(in), hidden, Function.RELU, (at, h) -> {
            String name = at.name() + ".in";
            Tensor sum = convolved(c, name, in.layer(at.index()), h);
            return c.product(at.name(), c.activated(name, sum, Function.RELU, 0), at.width());
        });
    }

    private Tensor convolved(Context c, String name, LayerEdges edges, Tensor h) {
        return edges.mapFirst(h, hidden)
                ? summed(edges, c.product(name, h, hidden))
                : c.product(name, summed(edges, h), hidden);
    }

    private Tensor summed(LayerEdges edges, Tensor h) {
        if (epsilon == 0) return h.spmm(edges.plusSelf(), Reduce.SUM);
        Tensor own = h.firstRows(edges.targets()).scale((float) (1 + epsilon));
        return h.spmm(edges.pattern(), Reduce.SUM).plus(own);
    }
}
