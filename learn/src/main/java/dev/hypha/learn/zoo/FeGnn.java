package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.DecoupledModel;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Feature expansion: a graph neural network as a fixed feature space times weights. Sun, Zhang, Chen, Qin,
/// Zhang, "Feature expansion for graph neural networks", ICML 2023, equation 12.
///
///     P_k = S^k X,   S = D^-1/2 A D^-1/2,   k = 0 to K                         [nodes, features] each
///     U   = the first left singular vectors of A, rows scaled to length 1       [nodes, structure]
///     H   = [P_0, ..., P_K, U] W + b                                            [nodes, hidden]
///     logits = H V + c                                                          [nodes, outputs]
///
/// with the rows of X and the columns of every P_k scaled to length 1: each hop has weights of its own, where
/// other methods share them, and the structure adds its principal components. Nothing before W has
/// parameters.
///
/// Departures: X itself, with its columns scaled, is not given a second time beside P_0, as the authors' code
/// does. Where edges are sampled, columns are scaled over the nodes at hand and U is 0: the method is one for
/// whole graphs.
///
/// @param hidden width of H
/// @param hops K
/// @param structure how many structural components
public record FeGnn(
        @Option(def = "64", help = "width of the hidden layer", min = 1, max = 4096)
        int hidden,

        @Option(def = "3", help = "hops, each with weights of its own", unit = "hops", min = 1, max = 64)
        int hops,

        @Option(def = "16", help = "principal components of the structure, 0 for none", min = 0, max = 4096)
        int structure)
        implements DecoupledModel {
    private static final float LEAST = 1e-12f;

    public FeGnn {
        Options.check(FeGnn.class, hidden, hops, structure);
    }

    @Override
    public int layers() {
        return hops;
    }

    @Override
    public Tensor propagate(Context c, NodeBatch in) {
        Tensor x = c.features(in);
        Tensor h = x.scaleRows(inverseRoot(x.multiply(x).times(c.constant(x.cols(), _ -> 1))));
        List<Tensor> spaces = new ArrayList<>(List.of(h));
        for (int k = 0; k < hops; k++) {
            h = in.layer(k).normalisedWithoutLoops(h);
            spaces.add(h);
        }
        int targets = h.rows();
        List<Tensor> all = new ArrayList<>();
        for (Tensor space : spaces) all.add(columnsScaled(c, space.firstRows(targets)));
        if (structure > 0) all.add(components(c, in.layer(hops - 1)));
        return Tensor.concat(all);
    }

    @Override
    public Tensor classify(Context c, Tensor x) {
        return c.linear("out", c.linear("expand", x, hidden), c.outputs());
    }

    private static Tensor columnsScaled(Context c, Tensor x) {
        Tensor squares = c.constant(1, x.rows(), _ -> 1).times(x.multiply(x));
        Tensor factors = c.constant(x.rows(), _ -> 1).times(inverseRoot(squares));
        return x.multiply(factors);
    }

    private static Tensor inverseRoot(Tensor x) {
        return x.addScalar(LEAST).log().scale(-0.5f).exp();
    }

    private Tensor components(Context c, LayerEdges edges) {
        boolean whole = edges.targets() == edges.sources();
        if (!whole) return c.constant(edges.targets(), structure, _ -> 0);
        float[] vectors = edges.once(this, float[].class, () -> SingularVectors.of(edges.pattern(), structure));
        return c.constant(edges.targets(), structure, i -> vectors[i]);
    }
}
