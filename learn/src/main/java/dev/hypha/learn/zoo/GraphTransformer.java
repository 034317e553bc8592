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

/// Graph transformer: attention by dot products over edges, with a gated residual connection. Shi, Huang, Feng, Zhong,
/// Wang, Sun, "Masked label prediction: unified message passing model for semi-supervised classification", IJCAI 2021,
/// equations 3 to 6.
///
///     q_i = Q h_i + a,   k_j = K h_j,   v_j = V h_j + b,   of heads parts each       [heads, hidden]
///     m_ik = sum_j softmax_j(q_ik . k_jk / sqrt(hidden)) v_jk
///     r_i = R h_i + c,   g_i = sigmoid(w . [m_i; r_i; m_i - r_i])
///     h_i' = drop(relu((1 - g_i) m_i + g_i r_i))                                         [heads, hidden]
///
/// over the sources j of the edges into i; stacked as [Stack] says. The paper's layer norm before the relu is
/// `norm=layer`. A layer that answers has one head as wide as the outputs.
///
/// Departures: edges have no features; labels are not among the features, so none are masked; keys have no bias, which
/// a softmax over them would not show.
///
/// @param heads that attend apart from each other
/// @param hidden width of each head's vector between layers
/// @param attentionDropout share of the attention's weights dropped in training
/// @param stack how layers stand on one another
public record GraphTransformer(
        @Option(def = "4", help = "heads that attend apart from each other", min = 1, max = 256)
        int heads,

        @Option(def = "16", help = "width of each head's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "0", help = "share of the attention's weights dropped in training", min = 0, max = 0.95)
        double attentionDropout,

        Stack stack)
        implements NodeModel {
    public GraphTransformer {
        Options.check(GraphTransformer.class, heads, hidden, attentionDropout, stack);
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
                heads * hidden,
                Function.RELU,
                (at, h) -> gated(c, at, h, attended(c, at, in.layer(at.index()), h)));
    }

    private Tensor attended(Context c, Stack.Place at, LayerEdges edges, Tensor h) {
        int parts = at.answers() ? 1 : heads;
        Tensor query = c.linear(at.name() + ".query", h.firstRows(edges.targets()), at.width());
        Tensor key = c.product(at.name() + ".key", h, at.width());
        Tensor value = c.linear(at.name() + ".value", h, at.width());
        float scale = (float) (1 / Math.sqrt((double) at.width() / parts));
        float drop = c.training() ? (float) attentionDropout : 0;
        Attention dot = new Attention(Attention.Form.DOT, parts, scale, drop, c.draw());
        return value.attend(edges.pattern(), dot, query, key, null);
    }

    private static Tensor gated(Context c, Stack.Place at, Tensor h, Tensor message) {
        Tensor own = c.linear(at.name() + ".own", h.firstRows(message.rows()), at.width());
        Tensor apart = message.minus(own);
        Tensor gate =
                c.product(at.name() + ".gate", message.concat(own, apart), 1).sigmoid();
        return message.minus(apart.scaleRows(gate));
    }
}
