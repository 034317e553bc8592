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

/// Graph attention network. Velickovic et al., "Graph attention networks", ICLR 2018, equations 1 to 6.
///
///     h_i^0 = x_i                                                                    [features]
///     z_i   = W h_i^(l-1), of heads parts z_ik                                       [heads, hidden]
///     e_ijk = leaky_relu(a_k . z_ik + b_k . z_jk), slope 0.2
///     h_ik^l = drop(elu(sum_j softmax_j(e_ijk) z_jk + c_k))                          [heads, hidden]
///
/// over the sources j of the edges into i and i itself; the last layer has one head as wide as the outputs and is
/// without drop and elu.
///
/// Departures: features are not dropped; the last layer's heads are not averaged, as there is one.
///
/// @param heads that attend apart from each other
/// @param hidden width of each head's vector between layers
/// @param layers rounds of attention
/// @param dropout share of a hidden layer's outputs dropped in training
/// @param attentionDropout share of the attention's weights dropped in training
public record Gat(
        @Option(def = "8", help = "heads that attend apart from each other", min = 1, max = 256)
        int heads,

        @Option(def = "8", help = "width of each head's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "rounds of attention, one hop each", unit = "hops", min = 1, max = 16)
        int layers,

        @Option(def = "0.5", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "0", help = "share of the attention's weights dropped in training", min = 0, max = 0.95)
        double attentionDropout)
        implements NodeModel {
    private static final float SLOPE = 0.2f;

    public Gat {
        Options.check(Gat.class, heads, hidden, layers, dropout, attentionDropout);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor h = c.features(in);
        for (int l = 0; l < layers; l++) {
            boolean last = l == layers - 1;
            Tensor sum = attended(c, "layer" + l, in.layer(l), h, last ? 1 : heads, last ? c.outputs() : hidden);
            h = last ? c.bias("layer" + l, sum) : c.activated("layer" + l, sum, Function.ELU, dropout);
        }
        return h;
    }

    private Tensor attended(Context c, String name, LayerEdges edges, Tensor h, int heads, int width) {
        Tensor z = c.product(name, h, heads * width);
        Tensor left = z.firstRows(edges.targets()).times(perHead(c, name + ".target", heads, width));
        Tensor right = z.times(perHead(c, name + ".source", heads, width));
        float drop = c.training() ? (float) attentionDropout : 0;
        Attention gat = new Attention(Attention.Form.GAT, heads, SLOPE, drop, c.draw());
        return z.attend(edges.looped(), gat, left, right, null);
    }

    /// The vectors of all heads, each in its own column and the rows of its own part: shape [heads x width, heads].
    private static Tensor perHead(Context c, String name, int heads, int width) {
        float[] own = new float[heads * width * heads];
        for (int row = 0; row < heads * width; row++) own[row * heads + row / width] = 1;
        return c.constant(heads * width, heads, own).scaleRows(c.column(name, heads * width));
    }
}
