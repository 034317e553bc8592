package dev.hypha.learn.zoo;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.RowCustom;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.Tensor;
import java.util.List;

/// Row by row the logarithms of a softmax, `x - log sum_c exp(x_c)`, however large the numbers are. The gradient is
/// that of the result less the softmax times its sum.
record LogSoftmax() implements RowCustom {
    static Tensor of(Tensor x) {
        return x.tape().apply(new Op.Open(new LogSoftmax(), List.of(x)));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getFirst();
    }

    /// A logarithm or a power takes about as long as some tens of multiplications, and rows are short.
    @Override
    public long rowWork() {
        return 256;
    }

    @Override
    public void forward(List<Matrix> inputs, Matrix output, int from, int to) {
        Matrix x = inputs.getFirst();
        int cols = x.cols();
        for (int r = from; r < to; r++) {
            long row = (long) r * cols;
            double top = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < cols; c++) top = Math.max(top, x.at(row + c));
            double sum = 0;
            for (int c = 0; c < cols; c++) sum += Math.exp(x.at(row + c) - top);
            double log = top + Math.log(sum);
            for (int c = 0; c < cols; c++) output.put(row + c, (float) (x.at(row + c) - log));
        }
    }

    @Override
    public void gradient(
            List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients, int from, int to) {
        Matrix into = inputGradients.getFirst();
        if (into == null) return;
        int cols = output.cols();
        for (int r = from; r < to; r++) {
            long row = (long) r * cols;
            double sum = 0;
            for (int c = 0; c < cols; c++) sum += outputGradient.at(row + c);
            for (int c = 0; c < cols; c++) {
                into.add(row + c, (float) (outputGradient.at(row + c) - Math.exp(output.at(row + c)) * sum));
            }
        }
    }
}
