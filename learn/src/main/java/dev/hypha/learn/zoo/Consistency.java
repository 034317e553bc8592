package dev.hypha.learn.zoo;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.RowCustom;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.Tensor;
import java.util.List;

/// How far several answers for the same nodes are from what they say together, made surer. Feng et al., "Graph random
/// neural networks for semi-supervised learning on graphs", NeurIPS 2020, section 3.2.
///
///     q_ic = mean over s of p^s_ic,   q'_ic = q_ic^(1/T) / sum_k q_ik^(1/T)                  [nodes, classes]
///     loss = mean over s and i of |p^s_i - q'_i|^2
///
/// To answers whose loss this is part of ([dev.hypha.learn.Context#penalise]), q' is given: no gradient goes through
/// it. It needs no labels.
final class Consistency {
    private Consistency() {}

    /// @param answers probabilities, at least one, all of shape [nodes, classes]
    /// @param temperature T; below 1 makes surer
    /// @return shape [1, 1]
    static Tensor of(List<Tensor> answers, double temperature) {
        float share = 1f / answers.size();
        Tensor sum = answers.stream().reduce(Tensor::plus).orElseThrow();
        Tensor aim = sum.tape().apply(new Op.Open(new Sharpened(1 / temperature), List.of(sum.scale(share))));
        Tensor apart = answers.stream()
                .map(answer -> answer.minus(aim))
                .map(gap -> gap.multiply(gap).mean())
                .reduce(Tensor::plus)
                .orElseThrow();
        return apart.scale(share * aim.cols());
    }

    /// Row by row `q_c^power / sum_k q_k^power`, a given for what reads it.
    private record Sharpened(double power) implements RowCustom {
        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        /// A power takes about as long as some tens of multiplications, and rows are short.
        @Override
        public long rowWork() {
            return 256;
        }

        @Override
        public void forward(List<Matrix> inputs, Matrix output, int from, int to) {
            Matrix q = inputs.getFirst();
            int cols = q.cols();
            for (int r = from; r < to; r++) {
                long row = (long) r * cols;
                double sum = 0;
                for (int c = 0; c < cols; c++) sum += Math.pow(q.at(row + c), power);
                for (int c = 0; c < cols; c++) output.put(row + c, (float) (Math.pow(q.at(row + c), power) / sum));
            }
        }

        @Override
        public void gradient(
                List<Matrix> inputs,
                Matrix output,
                Matrix outputGradient,
                List<Matrix> inputGradients,
                int from,
                int to) {
            // none: what is aimed at does not move
        }
    }
}
