package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.Tensor;

/// Soft-isomorphic relational graph convolution: what a neighbor says depends on who hears it. Lim, Lim, Tan,
/// Ikeda, "Contextualized messages boost graph representations", TMLR 2025, the equation that defines SIR-GCN.
///
///     m_ij = s(Q h_i + q + K h_j)                                                        [hidden]
///     h_i' = drop(relu(R sum_j m_ij + b))                                                [hidden]
///
/// over the sources j of the edges into i; stacked as [Stack] says. s is a relu or, with `depth` above 1, a
/// perceptron of so many relus, `relu(M_k ... relu(x) + c_k)`: the authors take 2 where a message has to compare.
/// The sum may be a mean, or each m_ij divided by the root of both degrees: with s the identity the layer is then
/// that of a GCN, and in general it covers GraphSAGE, GIN and GAT too, says the paper's section on related methods.
///
/// Departures: the authors' maximum over messages and their batch norms within s are left out. Where edges are
/// sampled, sums are those of the sample; divided by roots of degrees, sampled edges count for as many more as
/// they are fewer. As a relu of two nodes has no kernel, a row is made per edge.
///
/// @param hidden width of a node's vector between layers and of a message
/// @param depth relus in a message
/// @param aggregation how messages are put together
/// @param stack how layers stand on one another
public record SirGcn(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "1", help = "relus in a message, with maps between them", min = 1, max = 16)
        int depth,

        @Option(def = "sum", help = "how messages are put together")
        Aggregation aggregation,

        Stack stack)
        implements NodeModel {
    /// How messages are put together.
    public enum Aggregation {
        SUM,
        MEAN,
        /// Divided by the root of the degrees of both ends.
        SYMMETRIC
    }

    /// Which rows of messages a target sums, and their factors if they have some.
    ///
    /// @param into targets x edges
    /// @param symmetric a factor per edge, and per target what makes up for edges not sampled
    private record Messages(Csr into, Scaling symmetric) {
        static Messages of(LayerEdges edges) {
            Csr pattern = edges.pattern();
            int[] rows = new int[pattern.edges()];
            float[] factors = new float[rows.length];
            float[] scarcity = new float[edges.targets()];
            for (int i = 0; i < scarcity.length; i++) {
                int others = edges.others().degree(i);
                scarcity[i] = others == 0 ? 1 : (float) edges.degree(i) / others;
                for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                    rows[e] = e;
                    factors[e] = root(edges, i) * root(edges, pattern.indices()[e]);
                }
            }
            return new Messages(
                    new Csr(scarcity.length, rows.length, pattern.offsets(), rows), new Scaling(factors, scarcity));
        }

        private static float root(LayerEdges edges, int node) {
            return (float) (1 / Math.sqrt(Math.max(1, edges.degree(node))));
        }
    }

    public SirGcn {
        Options.check(SirGcn.class, hidden, depth, aggregation, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(c, c.features(in), hidden, Function.RELU, (at, h) -> {
            LayerEdges edges = in.layer(at.index());
            Tensor message = message(c, at.name(), edges, h);
            return c.product(at.name() + ".relation", gathered(edges, message), at.width());
        });
    }

    private Tensor message(Context c, String name, LayerEdges edges, Tensor h) {
        Tensor query = c.linear(name + ".query", h.firstRows(edges.targets()), hidden);
        Tensor key = c.product(name + ".key", h, hidden);
        Tensor message = query.edgeSum(edges.pattern(), key).relu();
        for (int k = 1; k < depth; k++) {
            String map = name + ".message" + k;
            message = c.activated(map, c.product(map, message, hidden), Function.RELU, 0);
        }
        return message;
    }

    private Tensor gathered(LayerEdges edges, Tensor message) {
        Messages messages = edges.once(Messages.class, Messages.class, () -> Messages.of(edges));
        return switch (aggregation) {
            case SUM -> message.spmm(messages.into, Reduce.SUM);
            case MEAN -> message.spmm(messages.into, Reduce.MEAN);
            case SYMMETRIC -> message.spmm(messages.into, messages.symmetric);
        };
    }
}
