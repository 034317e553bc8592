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

/// Message passing as the drawing of a graph: neighbors attract each other, and all nodes are kept apart. Li
/// and Cheng, "Tired of over-smoothing? Stress graph drawing is all you need!", 2022; the binary stress that
/// it lowers is Koren and Civril's ("The binary stress model for graph drawing", GD 2008).
///
///     stress(P) = sum over edges of |P_i - P_j|^2 + theta sum over pairs of (|P_i - P_j| - r)^2
///
///     P^0 = mlp(X)                                                                      [nodes, outputs]
///     P_i <- (P_i + sum_j P_j + theta (d_i + 1) (G + r (P_i - G) / |P_i - G|)) / ((1 + theta) (d_i + 1))
///
/// over the neighbors j of i, d_i of them, with G the mean of all nodes: each round is the step of stress
/// majorization (Gansner, Koren, North, "Graph drawing by stress majorization", GD 2004, equation 12) in
/// which the other nodes together are one virtual pivot at distance r from each. Attraction alone brings all
/// nodes to one point; the pivot keeps them at their distance, in whatever direction they have gone, so that
/// rounds may be many.
///
/// Departures: the paper weighs pairs by distances in the graph and has variants with true pivots and with
/// maps between rounds; here the perceptron comes first, all distances of pairs are r, and a node attracts
/// itself, without which rounds swing. Where edges are sampled, G is the mean of the nodes at hand.
///
/// @param hidden width of hidden layers of the perceptron
/// @param rounds of message passing
/// @param theta how much distance counts beside attraction
/// @param distance r, at which nodes are kept from their mean
/// @param stack how the perceptron's layers stand on one another
public record StressGnn(
        @Option(def = "64", help = "width of hidden layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "8", help = "rounds of message passing, one hop each", unit = "hops", min = 1, max = 256)
        int rounds,

        @Option(def = "1", help = "how much distance counts beside attraction", min = 0, max = 1000)
        double theta,

        @Option(def = "2", help = "distance at which nodes are kept from their mean", min = 0, max = 1000)
        double distance,

        Stack stack)
        implements NodeModel {
    private static final float LEAST = 1e-6f;

    public StressGnn {
        Options.check(StressGnn.class, hidden, rounds, theta, distance, stack);
    }

    @Override
    public int layers() {
        return rounds;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor p = stack.run(c, c.features(in), hidden, Function.RELU, (at, h) -> c.product(at.name(), h, at.width()));
        for (int k = 0; k < rounds; k++) p = round(c, in.layer(k), p);
        return p;
    }

    private Tensor round(Context c, LayerEdges edges, Tensor p) {
        Tensor attracted = p.spmm(edges.looped(), Reduce.MEAN);
        Tensor own = p.firstRows(edges.targets());
        float share = 1f / p.rows();
        Tensor mean = c.constant(1, p.rows(), _ -> share).times(p);
        Tensor away = own.addBias(mean.scale(-1));
        Tensor squares = away.multiply(away).times(c.constant(p.cols(), _ -> 1)).addScalar(LEAST);
        Tensor kept = away.scaleRows(squares.log().scale(-0.5f).exp())
                .scale((float) distance)
                .addBias(mean);
        float whole = (float) (1 / (1 + theta));
        return attracted.scale(whole).plus(kept.scale((float) theta * whole));
    }
}
