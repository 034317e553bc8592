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
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;

/// Neighbors, and attention to the few nodes that matter most, wherever they are. E, Zhang, Xia, Xu, "TANGNN: a
/// concise, scalable and effective graph neural network with top-m attention mechanism for graph representation
/// learning", 2024.
///
///     z_j  = P h_j + p,   s_j = cos(z_j, a)                                                  [hidden]
///     T    = the nodes with the largest s_j, `top` of them
///     t_i  = sum over j in T of softmax_j(Q h_i . K z_j / sqrt(hidden)) s_j V z_j            [hidden]
///     h_i' = drop(relu(S h_i + N mean_j h_j + t_i + b))                                      [hidden]
///
/// with the mean over the sources j of the edges into i, a learned vector a per layer; stacked as [Stack] says. The
/// cost of attention grows with the nodes times `top`, not with their square.
///
/// Departures: the published code repeats the chosen rows over all nodes and reads its attention in a variant only;
/// here every node attends to the chosen ones, as the paper describes it. What is chosen counts by its similarity,
/// since otherwise nothing would train a (the code's stays as it was drawn). No relu comes before the cosine: it would
/// make many nodes alike. One layer of mean aggregation per layer instead of two on sampled neighbors. Where edges are
/// sampled, the nodes at hand are chosen from.
///
/// @param hidden width of a node's vector between layers, and of what attention compares
/// @param top how many nodes everybody attends to
/// @param stack how layers stand on one another
public record Tangnn(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "20", help = "nodes that all others attend to, wherever they are", min = 1, max = 4096)
        int top,

        Stack stack)
        implements NodeModel {
    /// Keeps the length of a zero vector from being 0.
    private static final float LEAST = 1e-12f;

    public Tangnn {
        Options.check(Tangnn.class, hidden, top, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(c, c.features(in), hidden, Function.RELU, (at, h) -> {
            LayerEdges edges = in.layer(at.index());
            return near(c, at, edges, h).plus(distant(c, at, edges, h));
        });
    }

    private static Tensor near(Context c, Stack.Place at, LayerEdges edges, Tensor h) {
        Tensor own = c.product(at.name() + ".self", h.firstRows(edges.targets()), at.width());
        String others = at.name() + ".neighbors";
        return own.plus(
                edges.mapFirst(h, at.width())
                        ? c.product(others, h, at.width()).spmm(edges.pattern(), Reduce.MEAN)
                        : c.product(others, h.spmm(edges.pattern(), Reduce.MEAN), at.width()));
    }

    private Tensor distant(Context c, Stack.Place at, LayerEdges edges, Tensor h) {
        String name = at.name();
        Tensor z = c.linear(name + ".read", h, hidden);
        Tensor similarity = similarity(z, c.column(name + ".auxiliary", hidden), c);
        Tensor both = TopRows.of(top, z.concat(similarity), similarity);
        Tensor chosen = both.sliceColumns(0, hidden);
        Tensor query = c.product(name + ".query", h.firstRows(edges.targets()), hidden);
        Tensor key = c.product(name + ".key", chosen, hidden);
        Attention dot = new Attention(Attention.Form.DOT, 1, (float) (1 / Math.sqrt(hidden)));
        return c.product(name + ".value", chosen, at.width())
                .scaleRows(both.sliceColumns(hidden, hidden + 1))
                .attend(everybody(edges, chosen.rows()), dot, query, key, null);
    }

    /// The cosine of each row and a column.
    private static Tensor similarity(Tensor z, Tensor a, Context c) {
        Tensor squares = z.multiply(z).times(c.constant(z.cols(), _ -> 1));
        Tensor unit = a.times(inverseRoot(a.multiply(a).sum()));
        return z.times(unit).multiply(inverseRoot(squares));
    }

    private static Tensor inverseRoot(Tensor x) {
        return x.addScalar(LEAST).log().scale(-0.5f).exp();
    }

    /// Every target with all that were chosen.
    private static Csr everybody(LayerEdges edges, int chosen) {
        record Everybody(int chosen) {}
        return edges.once(new Everybody(chosen), Csr.class, () -> {
            int[] offsets = new int[edges.targets() + 1];
            for (int i = 0; i < offsets.length; i++) offsets[i] = Math.multiplyExact(i, chosen);
            int[] indices = new int[offsets[edges.targets()]];
            for (int e = 0; e < indices.length; e++) indices[e] = e % chosen;
            return new Csr(edges.targets(), chosen, offsets, indices);
        });
    }
}
