package dev.hypha.learn.zoo;

import dev.hypha.tensor.Custom;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.ShapeException;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// The rows with the largest scores, in the order in which they stand. Of equal scores the earlier row's counts as the
/// larger. Which rows these are is taken as given by the gradient, so that scores get none.
///
/// @param most how many rows; all where there are fewer
record TopRows(int most) implements Custom {
    /// Shapes [n, c] and [n, 1] give [min(most, n), c].
    static Tensor of(int most, Tensor x, Tensor scores) {
        return x.tape().apply(new Op.Open(new TopRows(most), List.of(x, scores)));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.get(0);
        Shape scores = inputs.get(1);
        if (scores.rows() != x.rows() || scores.cols() != 1) throw new ShapeException("topRows", x, scores);
        return new Shape(Math.min(most, x.rows()), x.cols());
    }

    @Override
    public void forward(List<Matrix> inputs, Matrix output) {
        Matrix x = inputs.get(0);
        Matrix scores = inputs.get(1);
        int[] rows = largest(scores, output.rows());
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < x.cols(); c++) output.set(i, c, x.get(rows[i], c));
        }
    }

    @Override
    public void gradient(List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients) {
        Matrix dx = inputGradients.get(0);
        if (dx == null) return;
        int[] rows = largest(inputs.get(1), output.rows());
        for (int i = 0; i < rows.length; i++) {
            long row = (long) rows[i] * dx.cols();
            for (int c = 0; c < dx.cols(); c++) dx.add(row + c, outputGradient.get(i, c));
        }
    }

    /// The rows of the largest scores, rising. Those found so far are held from the largest to the least, so that most
    /// rows cost one comparison.
    static int[] largest(Matrix scores, int count) {
        int[] rows = new int[count];
        int found = 0;
        for (int row = 0; count > 0 && row < scores.rows(); row++) {
            float score = scores.at(row);
            if (found == count && !(score > scores.at(rows[count - 1]))) continue;
            int at = found == count ? count - 1 : found++;
            for (; at > 0 && score > scores.at(rows[at - 1]); at--) rows[at] = rows[at - 1];
            rows[at] = row;
        }
        Arrays.sort(rows);
        return rows;
    }
}
