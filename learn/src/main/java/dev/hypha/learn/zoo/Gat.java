package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Graph attention network. Velickovic et al., "Graph attention networks", ICLR 2018, equations 1 to 6.
///
///     z_i   = W h_i^(l-1), of heads parts z_ik                                       [heads, hidden]
///     e_ijk = leaky_relu(a_k . z_ik + b_k . z_jk), slope 0.2
///     h_ik^l = drop(elu(sum_j softmax_j(e_ijk) z_jk + c_k))                          [heads, hidden]
///
/// over the sources j of the edges into i and i itself; stacked as [Stack] says. A layer that answers has one head as
/// wide as the outputs. If `separate`, i is not one of the sources and `S h_i^(l-1)` is added instead: the GAT-sep
/// of Platonov et al., "A critical look at the evaluation of GNNs under heterophily", ICLR 2023, section 5 (who put the
/// two beside each other before a map, which is the same). The paper drops 0.6 of features, hidden outputs and
/// weights.
///
/// Departure: the last layer's heads are not averaged, as there is one.
///
/// @param heads that attend apart from each other
/// @param hidden width of each head's vector between layers
/// @param attentionDropout share of the attention's weights dropped in training
/// @param separate whether a node's own vector is mapped apart instead of being attended to
/// @param stack how layers stand on one another
public record Gat(
        @Option(def = "8", help = "heads that attend apart from each other", min = 1, max = 256)
        int heads,

        @Option(def = "8", help = "width of each head's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "0", help = "share of the attention's weights dropped in training", min = 0, max = 0.95)
        double attentionDropout,

        @Option(def = "false", help = "whether a node's own vector is mapped apart instead of being attended to")
        boolean separate,

        Stack stack)
        implements NodeModel {
    private static final float SLOPE = 0.2f;

    public Gat {
        Options.check(Gat.class, heads, hidden, attentionDropout, separate, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(c, c.features(in), heads * hidden, Function.ELU, (at, h) -> {
            LayerEdges edges = in.layer(at.index());
            int parts = at.answers() ? 1 : heads;
            if (!separate) return attended(c, at.name(), edges, edges.looped(), h, parts, at.width());
            Tensor own = c.product(at.name() + ".self", h.firstRows(edges.targets()), at.width());
            return attended(c, at.name(), edges, edges.others(), h, parts, at.width())
                    .plus(own);
        });
    }

    private Tensor attended(Context c, String name, LayerEdges edges, Csr over, Tensor h, int heads, int width) {
        Tensor z = c.product(name, h, width);
        Tensor left = z.firstRows(edges.targets()).times(perHead(c, name + ".target", heads, width / heads));
        Tensor right = z.times(perHead(c, name + ".source", heads, width / heads));
        float drop = c.training() ? (float) attentionDropout : 0;
        Attention gat = new Attention(Attention.Form.GAT, heads, SLOPE, drop, c.draw());
        return z.attend(over, gat, left, right, null);
    }

    /// The vectors of all heads, each in its own column and the rows of its own part: shape [heads x width, heads].
    private static Tensor perHead(Context c, String name, int heads, int width) {
        float[] own = new float[heads * width * heads];
        for (int row = 0; row < heads * width; row++) own[row * heads + row / width] = 1;
        return c.constant(heads * width, heads, own).scaleRows(c.column(name, heads * width));
    }
}
