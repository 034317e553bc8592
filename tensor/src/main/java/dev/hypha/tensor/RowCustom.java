package dev.hypha.tensor;

import java.util.List;

/// A [Custom] operation of which each row of the result comes from the same row of every input, such as an operation
/// on one small matrix per row: its rows are shared out among threads. Every input has as many rows as the result.
public interface RowCustom extends Custom {
    /// About how many elements a row touches, or multiplications it takes if these are more.
    long rowWork();

    /// Writes rows `from` to `to` of `output`.
    void forward(List<Matrix> inputs, Matrix output, int from, int to);

    /// Adds to rows `from` to `to` of each input's gradient what `outputGradient` means for it.
    ///
    /// @param inputGradients in the order of the inputs; null where none is wanted
    void gradient(
            List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients, int from, int to);

    @Override
    default void forward(List<Matrix> inputs, Matrix output) {
        forward(inputs, output, 0, output.rows());
    }

    @Override
    default void gradient(List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients) {
        gradient(inputs, output, outputGradient, inputGradients, 0, output.rows());
    }
}
