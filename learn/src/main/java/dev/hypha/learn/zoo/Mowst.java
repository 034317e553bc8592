package dev.hypha.learn.zoo;

import dev.hypha.learn.AlternatingModel;
import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.learn.TaskKind;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Mowst: a mixture of a weak and a strong expert. Zeng, Lyu, Hu, Xia, Luo, "Mixture of weak and strong experts on
/// graphs", ICLR 2024, section 2.
///
///     p = softmax(mlp(X)),   p' = softmax(gnn(X, G)),   k = K(p)                       [nodes, classes] twice, [nodes]
///     L       = mean over v of   k_v (-log p_vy) + (1 - k_v) (-log p'_vy)              Mowst
///     L*      = mean over v of   -log(k_v p_vy + (1 - k_v) p'_vy)                      Mowst-star, if `joint`
///     answer  = k p + (1 - k) p'
///
/// with k the weak expert's confidence, a [Confidence] to the power of `power`: the strong expert, one of
/// [Backbone], is left the nodes that the weak one is not sure of. Mowst trains the experts in turns, the
/// weak one (with its confidence) first, Mowst-star both at once.
///
/// Departures: a turn has a given length, where the paper's ends when the loss of validation nodes no longer falls. The
/// paper draws for each node who answers, the weak expert with probability k; here the answer is what is drawn on
/// average. Weights of classes do not count in the last term of Mowst's loss below.
///
/// @param hidden width of hidden layers of either expert
/// @param backbone the strong expert
/// @param confidence what K is
/// @param power of the dispersion
/// @param joint whether the loss is Mowst-star's
/// @param turn epochs of a turn
/// @param stack how the layers of either expert stand on one another
public record Mowst(
        @Option(def = "64", help = "width of hidden layers of either expert", min = 1, max = 4096)
        int hidden,

        @Option(def = "gcn", help = "whose layers the strong expert has")
        Backbone backbone,

        @Option(def = "variance", help = "what the weak expert's confidence is")
        Confidence confidence,

        @Option(def = "1", help = "power of the confidence; above 1 for less of it", min = 0.01, max = 100)
        double power,

        @Option(def = "false", help = "whether one loss is of both experts' answer: Mowst-star")
        boolean joint,

        @Option(def = "20", help = "epochs after which it is the other expert's turn", unit = "epochs", min = 1)
        int turn,

        Stack stack)
        implements NodeModel, AlternatingModel<NodeBatch> {
    private static final String WEAK = "weak";
    private static final String STRONG = "strong";

    /// Least probability: no loss is infinite.
    private static final float LEAST = 1e-9f;

    public Mowst {
        Options.check(Mowst.class, hidden, backbone, confidence, power, joint, turn, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public boolean does(TaskKind kind) {
        return kind == TaskKind.MULTICLASS || kind == TaskKind.BINARY;
    }

    @Override
    public List<String> turns() {
        return joint ? List.of() : List.of(WEAK, STRONG);
    }

    @Override
    public int epochsPerTurn() {
        return turn;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor strong = LogProbabilities.of(c, backbone.of(hidden, stack).forward(c.part(STRONG, c.outputs()), in));
        Context own = c.part(WEAK, c.outputs());
        Tensor weak = LogProbabilities.of(c, new Mlp(hidden, stack).forward(own, alone(in, strong.rows())));
        Tensor sure = trust(own, weak);
        Tensor unsure = sure.scale(-1).addScalar(1);
        if (c.training() && !joint) {
            return LogProbabilities.meanLoss(c, in, weak.scaleRows(sure).plus(strong.scaleRows(unsure)));
        }
        Tensor mixed = weak.exp().scaleRows(sure).plus(strong.exp().scaleRows(unsure));
        return LogProbabilities.logits(c, mixed.addScalar(LEAST).log());
    }

    /// How much the weak expert is trusted, shape [rows, 1].
    ///
    /// @param weak the logarithms of its probabilities
    Tensor trust(Context own, Tensor weak) {
        Tensor sure = withinBounds(confidence.of(own, weak, hidden));
        return power == 1
                ? sure
                : sure.addScalar(LEAST).log().scale((float) power).exp();
    }

    /// From 0 to 1, which rounding may leave: what is left for the strong expert must not be less than nothing.
    private static Tensor withinBounds(Tensor x) {
        Tensor rest = x.relu().scale(-1).addScalar(1).relu();
        return rest.scale(-1).addScalar(1);
    }

    /// The first nodes of a batch, of which no edge is looked at.
    private static NodeBatch alone(NodeBatch in, int targets) {
        if (in.nodes().isEmpty()) return in;
        int[] some = Arrays.copyOf(in.nodes().get(), targets);
        return new NodeBatch(in.features(), some, List.of(), null, in.labels());
    }
}
