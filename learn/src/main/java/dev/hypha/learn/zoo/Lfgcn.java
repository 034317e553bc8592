package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Graph convolution over Levy flights, with P-DropEdge. Chen, Gel, Avrachenkov, "LFGCN: Levitating over
/// graphs with Levy flights", ICDM 2020, section 3.
///
///     T_ij = d_ij^-alpha / sum_k d_ik^-alpha,   d the distance in steps, the sums with 1 for i itself
///     H^l  = drop(relu(T H^(l-1) W_l + b_l))                                             [nodes, hidden]
///
/// stacked as [Stack] says: besides its neighbors a node listens to nodes further off, the less the further.
/// As alpha grows, what is left is the random walk over neighbors and the node itself. P-DropEdge: in each
/// pass of a training each edge is left out with a probability that is `edge-drop` on average and goes with
/// its betweenness, so that bridges between parts of the graph go first, as in Girvan and Newman's algorithm;
/// rows are divided by what is left of them.
///
/// Departures: jumps are at most `reach` long, and from each node at most `jumps` lead beyond its neighbors,
/// to the nearest and of those equally near the first found: the paper's matrix has an entry for every pair
/// of nodes. Directions of edges do not count. Distances are not measured anew where edges are dropped. Where
/// edges are sampled there are no jumps.
///
/// @param hidden width of a node's vector between layers
/// @param alpha power of the distance
/// @param reach longest jump
/// @param jumps nodes beyond its neighbors that a node listens to at most
/// @param edgeDrop share of edges dropped in training
/// @param stack how layers stand on one another
public record Lfgcn(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "8", help = "power of the distance with which jumps become rare", min = 0, max = 1000)
        double alpha,

        @Option(def = "3", help = "longest jump", unit = "hops", min = 1, max = 1000)
        int reach,

        @Option(def = "32", help = "nodes beyond its neighbors that a node listens to at most", unit = "nodes", min = 0)
        int jumps,

        @Option(def = "0", help = "share of edges dropped in training, bridges first", min = 0, max = 0.95)
        double edgeDrop,

        Stack stack)
        implements NodeModel {
    public Lfgcn {
        Options.check(Lfgcn.class, hidden, alpha, reach, jumps, edgeDrop, stack);
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
                (at, h) -> step(c, in.layer(at.index()), c.product(at.name(), h, at.width())));
    }

    private Tensor step(Context c, LayerEdges edges, Tensor x) {
        LevyFlight flight = edges.once(
                this, LevyFlight.class, () -> LevyFlight.of(edges.looped(), alpha, reach, jumps, edgeDrop > 0));
        return c.training() && edgeDrop > 0 ? flight.step(c, x, edgeDrop) : flight.step(c, x);
    }
}
