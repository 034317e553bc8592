package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Directions.Way;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// FaberNet, a spectral network on directed graphs. Koke and Cremers, "HoloNets: spectral convolutions do extend to
/// directed graphs", ICLR 2024, sections 3 and 4.
///
///     T       = D_out^-p A D_in^-p,  A_ij = 1 where i leads to j                           [nodes, nodes]
///     H^l     = drop(act(share sum_k c_k T^k H^(l-1) V_k + (1 - share) sum_k c_k T'^k H^(l-1) W_k + b))
///     act(x)  = x where positive, else slope x;  each row then at length 1 if `normalize`
///     logits  = W jump(H^1 .. H^L) + b                                                     [nodes, outputs]
///
/// for k from 1, or 0 with `zeroOrder`, to `order`, with T' the transpose of T, c_0 = 1 and c_k = 2^(1-k): Faber
/// polynomials of a disk. A filter is summed from its highest power inwards, `T (H V_1 + T (H V_2 / 2 + ..))`, so that
/// a power costs one sum over the arcs.
///
/// Departures: weights are real, the paper's best settings have complex ones (in the code that goes with the
/// paper those raise T to no power above the first). On a graph without directions T is symmetric.
///
/// @param hidden width of a node's vector between layers
/// @param convolutions how often a filter is applied
/// @param order highest power of T in a filter; each power is one hop
/// @param share of the filter that follows arcs from their heads back to their tails: 1 gathers from the nodes that
///     a node leads to, 0 from those that lead to it
/// @param exponent p
/// @param zeroOrder whether a filter has a power 0
/// @param slope of the activation below 0: 0 for a relu, -1 for the absolute value
/// @param normalize whether rows are brought to length 1 after each layer
/// @param jumping what of the layers the answer is read off
/// @param dropout share of a hidden layer's outputs dropped in training
public record FaberNet(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "how often a filter is applied", min = 1, max = 16)
        int convolutions,

        @Option(def = "2", help = "highest power of the adjacency in a filter", unit = "hops", min = 1, max = 16)
        int order,

        @Option(def = "0.5", help = "share of what nodes hear from those they lead to", min = 0, max = 1)
        double share,

        @Option(def = "0.25", help = "power of degrees by which sums are divided", min = 0, max = 1)
        double exponent,

        @Option(def = "false", help = "whether a filter has a power 0")
        boolean zeroOrder,

        @Option(def = "0", help = "slope of the activation below 0, -1 for the absolute value", min = -1, max = 1)
        double slope,

        @Option(def = "true", help = "whether rows are brought to length 1 after each layer")
        boolean normalize,

        @Option(def = "concat", help = "what of the layers the answer is read off")
        Jumping jumping,

        @Option(def = "0", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout)
        implements NodeModel {
    private static final float LEAST_LENGTH = 1e-12f;

    public FaberNet {
        Options.check(
                FaberNet.class,
                hidden,
                convolutions,
                order,
                share,
                exponent,
                zeroOrder,
                slope,
                normalize,
                jumping,
                dropout);
    }

    @Override
    public int layers() {
        return convolutions * order;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor h = c.features(in);
        List<Tensor> all = new ArrayList<>();
        for (int l = 0; l < convolutions; l++) {
            boolean answers = l == convolutions - 1 && jumping == Jumping.NONE;
            Tensor sum = c.bias("layer" + l, filtered(c, in, l, h, answers ? c.outputs() : hidden));
            if (answers) return sum;
            h = c.dropout(sum.leakyRelu((float) slope), dropout);
            if (normalize) h = atLengthOne(c, h);
            all.add(h);
        }
        int targets = h.rows();
        List<Tensor> rows = all.stream().map(one -> one.firstRows(targets)).toList();
        return c.linear("answer", jumping.of(rows), c.outputs());
    }

    private Tensor filtered(Context c, NodeBatch in, int layer, Tensor h, int width) {
        Tensor from = share == 0 ? null : polynomial(c, in, layer, Way.FROM, h, width);
        Tensor into = share == 1 ? null : polynomial(c, in, layer, Way.INTO, h, width);
        if (from == null) return into;
        return into == null ? from : from.scale((float) share).plus(into.scale((float) (1 - share)));
    }

    /// The sum over k of c_k T^k h W_k; the powers of a layer go over as many of the batch's edges, the first hop last.
    private Tensor polynomial(Context c, NodeBatch in, int layer, Way way, Tensor h, int width) {
        String name = "layer" + layer + "." + way.name().toLowerCase(Locale.ROOT);
        Tensor sum = term(c, name + order, order, h, width);
        for (int k = order - 1; k >= 0; k--) {
            int hop = layer * order + order - 1 - k;
            sum = in.layer(hop).gathered(way, exponent, sum);
            if (k > 0 || zeroOrder) sum = sum.plus(term(c, name + k, k, h.firstRows(sum.rows()), width));
        }
        return sum;
    }

    private static Tensor term(Context c, String name, int power, Tensor h, int width) {
        Tensor mapped = c.product(name, h, width);
        return power < 2 ? mapped : mapped.scale((float) Math.pow(2, 1 - power));
    }

    private static Tensor atLengthOne(Context c, Tensor h) {
        Tensor squares = h.multiply(h).times(c.constant(h.cols(), _ -> 1));
        return h.scaleRows(squares.addScalar(LEAST_LENGTH).log().scale(-0.5f).exp());
    }
}
