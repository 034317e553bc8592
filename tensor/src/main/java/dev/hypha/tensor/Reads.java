package dev.hypha.tensor;

import java.util.ArrayList;
import java.util.List;

/// Which values the gradient of each operation reads: they live until it has run.
final class Reads {
    private Reads() {}

    /// Values that [Gradients] reads for a result, each as often as it is listed.
    static List<Tensor> of(Op op, Tensor out) {
        return switch (op) {
            case Op.Product(Tensor a, Tensor b) -> factors(a, b);
            case Op.Multiply(Tensor a, Tensor b) -> factors(a, b);
            case Op.ScaleRows(Tensor x, Tensor s) -> factors(x, s);
            case Op.EdgeDot(Csr _, int _, Tensor left, Tensor right) -> factors(left, right);
            case Op.WeightedSum(Csr _, Scaling _, Tensor weights, Tensor x) ->
                weights == null ? List.of() : factors(weights, x);
            case Op.WeightedExtreme(Csr _, boolean _, Tensor weights, Tensor x) -> factors(weights, x);
            case Op.Map map -> List.of(tellsDerivative(map) ? out : map.x(), out);
            case Op.BiasActivation _, Op.EdgeSoftmax _ -> List.of(out);
            case Op.Attend attend -> with(attend.inputs(), out);
            case Op.LayerNorm layer -> List.of(layer.x(), layer.gamma());
            case Op.BatchNorm batch -> List.of(batch.x(), batch.gamma());
            case Op.MeanLoss loss -> loss.inputs();
            case Op.SoftmaxCrossEntropy(Tensor _, int[] _, int[] _, Tensor weights) ->
                weights == null ? List.of() : List.of(weights);
            case Op.Open open -> with(open.inputs(), out);
            case Op.WidenedProduct _,
                    Op.WidenedSum _,
                    Op.Add _,
                    Op.AddRow _,
                    Op.Affine _,
                    Op.Concat _,
                    Op.SliceColumns _,
                    Op.SliceRows _,
                    Op.Gather _,
                    Op.Aggregate _,
                    Op.EdgeSum _,
                    Op.Sum _,
                    Op.Dropout _ -> List.of();
        };
    }

    /// Whether the sign and the value of the result say what the derivative is, so that the operand is not needed.
    static boolean tellsDerivative(Op.Map map) {
        return switch (map.f()) {
            case RELU, SIGMOID, TANH, EXP -> true;
            case LEAKY_RELU, ELU -> map.slope() >= 0;
            case LOG -> false;
        };
    }

    /// Each factor where the other wants a gradient.
    private static List<Tensor> factors(Tensor a, Tensor b) {
        List<Tensor> read = new ArrayList<>(2);
        if (b.needsGradient()) read.add(a);
        if (a.needsGradient()) read.add(b);
        return read;
    }

    private static List<Tensor> with(List<Tensor> inputs, Tensor out) {
        List<Tensor> read = new ArrayList<>(inputs);
        read.add(out);
        return read;
    }
}
