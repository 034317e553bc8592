package dev.hypha.learn.zoo;

import dev.hypha.algorithms.hops.DelaySchedule;
import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Dynamically rewired message passing with delay, over graph convolutions. Gutteridge et al., ICML 2023,
/// equations 5 and 6: layer l also hears the nodes up to l + 1 steps away, and those at distance k as they
/// were k - v layers ago.
///
///     H^0     = X W + b                                                                [nodes, hidden]
///     H^(l+1) = H^l + drop(relu(norm(sum_k A_k H^(l - max(0, k - v)) W_(l,k) + b_l)))  [nodes, hidden], k
///     = 1 .. l + 1 logits  = H^L W + b
///
/// with A_k = D_k^-1/2 (E_k + I) D_k^-1/2, E_k the pairs exactly k steps apart and v the rate. With one hop
/// at most this is a residual graph convolutional network.
///
/// Departures: a layer has one bias where the authors' code has one per distance, and one relu, where it
/// has another after each distance. Distances are those of what a batch looks at: with sampling, those of
/// the sample; and with a rate above 1 a sample lacks the newest states of its outermost nodes, so whole
/// graphs suit this method.
///
/// @param hidden width of a node's vector between layers
/// @param layers of message passing
/// @param undelayed steps that a state comes without delay, the paper's nu; 0 for no delay at all
/// @param mostHops the largest distance heard
/// @param dropout share of what a layer adds dropped in training
/// @param norm of what a layer adds
public record Drew(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "layers of message passing", min = 1, max = 64)
        int layers,

        @Option(
                def = "1",
                help = "steps that a state comes without delay, 0 for no delay at all",
                unit = "hops",
                min = 0)
        int undelayed,

        @Option(def = "64", help = "largest distance heard", unit = "hops", min = 1)
        int mostHops,

        @Option(def = "0.2", help = "share of what a layer adds dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "none", help = "how what a layer adds is normalised")
        Norm norm)
        implements NodeModel {
    public Drew {
        Options.check(Drew.class, hidden, layers, undelayed, mostHops, dropout, norm);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        DelaySchedule schedule =
                new DelaySchedule(layers, undelayed == 0 ? DelaySchedule.NO_DELAY : undelayed, mostHops);
        List<LayerEdges> apart = in.layer(0).apart(schedule.hops());
        List<Tensor> states = new ArrayList<>();
        states.add(c.linear("read", c.features(in), hidden));
        for (int l = 0; l < layers; l++) {
            int targets = in.layer(l).targets();
            Tensor heard = null;
            for (int k = 1; k <= schedule.hops(l); k++) {
                Tensor state = states.get(schedule.state(l, k));
                LayerEdges edges = apart.get(k - 1).within(targets, state.rows());
                Tensor from = edges.normalised(c, c.product("layer" + l + ".hop" + k, state, hidden));
                heard = heard == null ? from : heard.plus(from);
            }
            states.add(states.get(l).firstRows(targets).plus(added(c, "layer" + l, heard)));
        }
        return c.linear("answer", states.getLast(), c.outputs());
    }

    private Tensor added(Context c, String name, Tensor heard) {
        Tensor sum = norm == Norm.NONE ? c.bias(name, heard) : norm.of(c, name, heard);
        return c.dropout(sum.relu(), dropout);
    }
}
