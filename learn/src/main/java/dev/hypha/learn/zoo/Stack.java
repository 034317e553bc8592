package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// How the layers of a model stand on one another: what all stacked models share, with f the layer that makes the model
/// what it is.
///
///     H^0 = drop(X)                                                    [nodes, features]
///     H^l = drop(act(norm(f_l(H^(l-1)) + b_l + R_l H^(l-1))))          [nodes, hidden]
///
/// R_l is there if `residual`: the identity where widths agree, else learned. A norm other than `NONE` is
/// in the place of the bias. The last layer is as wide as the outputs and has a bias alone, unless
/// `jumping` reads the answer off hidden layers.
///
/// @param layers from features to answer
/// @param dropout share of a hidden layer's outputs dropped in training
/// @param inputDropout share of the features dropped in training; of those not zero where they are stored sparse
/// @param residual whether a hidden layer adds to what it reads
/// @param norm of hidden layers
/// @param jumping what the answer is read off
public record Stack(
        @Option(def = "2", help = "layers from features to answer", min = 1, max = 256)
        int layers,

        @Option(def = "0.5", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "0", help = "share of the features dropped in training", min = 0, max = 0.95)
        double inputDropout,

        @Option(def = "false", help = "whether a hidden layer adds to what it reads")
        boolean residual,

        @Option(def = "none", help = "how a hidden layer's outputs are normalised")
        Norm norm,

        @Option(def = "none", help = "what a linear answer is read off, none for the last layer itself")
        Jumping jumping) {
    public Stack {
        Options.check(Stack.class, layers, dropout, inputDropout, residual, norm, jumping);
    }

    /// A layer's place.
    ///
    /// @param index from 0, the layer that reads the features
    /// @param name of its parameters
    /// @param width wanted of its rows
    /// @param answers whether it gives the answer, so that nothing comes after it but a bias
    record Place(int index, String name, int width, boolean answers) {}

    /// What a layer does before bias and activation.
    interface Layer {
        /// @param h one row per source
        /// @return one row per target, the first of the sources; shape [targets, at.width]
        Tensor of(Place at, Tensor h);
    }

    /// The answer of a whole stack.
    ///
    /// @param x features, one row per source of the first layer
    /// @param hidden width of hidden layers
    /// @param activation a relu, or an elu
    /// @return shape [targets of the last layer, c.outputs()]
    Tensor run(Context c, Tensor x, int hidden, Function activation, Layer layer) {
        Tensor h = c.dropout(x, inputDropout);
        List<Tensor> all = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            boolean answers = l == layers - 1 && jumping == Jumping.NONE;
            Place at = new Place(l, "layer" + l, answers ? c.outputs() : hidden, answers);
            Tensor sum = layer.of(at, h);
            if (answers) return c.bias(at.name, sum);
            h = ended(c, at.name, residual ? sum.plus(skipped(c, at, h, sum.rows())) : sum, activation);
            all.add(h);
        }
        int targets = h.rows();
        return c.linear(
                "answer",
                jumping.of(all.stream().map(one -> one.firstRows(targets)).toList()),
                c.outputs());
    }

    private static Tensor skipped(Context c, Place at, Tensor h, int targets) {
        Tensor own = h.firstRows(targets);
        return h.cols() == at.width ? own : c.product(at.name + ".skip", own, at.width);
    }

    private Tensor ended(Context c, String name, Tensor sum, Function activation) {
        if (norm == Norm.NONE) return c.activated(name, sum, activation, dropout);
        Tensor normed = norm.of(c, name, sum);
        return c.dropout(activation == Function.RELU ? normed.relu() : normed.elu(1), dropout);
    }
}
