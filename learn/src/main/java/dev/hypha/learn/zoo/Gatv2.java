package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// GATv2, whose ranking of neighbors depends on who attends. Brody, Alon, Yahav, "How attentive are graph attention
/// networks?", ICLR 2022, equation 7.
///
///     l_i = L h_i + b,   r_j = R h_j,   of heads parts each                      [heads, hidden]
///     e_ijk = a_k . leaky_relu(l_ik + r_jk), slope 0.2
///     h_ik' = drop(elu(sum_j softmax_j(e_ijk) r_jk + c_k))                           [heads, hidden]
///
/// over the sources j of the edges into i and i itself; stacked as [Stack] says. A layer that answers has one head as
/// wide as the outputs. A record of its own and no option of [Gat], as it has other parameters.
///
/// @param heads that attend apart from each other
/// @param hidden width of each head's vector between layers
/// @param attentionDropout share of the attention's weights dropped in training
/// @param stack how layers stand on one another
public record Gatv2(
        @Option(def = "8", help = "heads that attend apart from each other", min = 1, max = 256)
        int heads,

        @Option(def = "8", help = "width of each head's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "0", help = "share of the attention's weights dropped in training", min = 0, max = 0.95)
        double attentionDropout,

        Stack stack)
        implements NodeModel {
    private static final float SLOPE = 0.2f;

    public Gatv2 {
        Options.check(Gatv2.class, heads, hidden, attentionDropout, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(
                c, c.features(in), heads * hidden, Function.ELU, (at, h) -> attended(c, at, in.layer(at.index()), h));
    }

    private Tensor attended(Context c, Stack.Place at, LayerEdges edges, Tensor h) {
        Tensor left = c.linear(at.name() + ".target", h.firstRows(edges.targets()), at.width());
        Tensor right = c.product(at.name() + ".source", h, at.width());
        float drop = c.training() ? (float) attentionDropout : 0;
        int parts = at.answers() ? 1 : heads;
        Attention v2 = new Attention(Attention.Form.GATV2, parts, SLOPE, drop, c.draw());
        return right.attend(edges.looped(), v2, left, right, c.row(at.name() + ".score", at.width()));
    }
}
