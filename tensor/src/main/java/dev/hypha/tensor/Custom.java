package dev.hypha.tensor;

import java.util.List;

/// An operation of one's own, for what no member of [Op] says; best a record of its settings. It must be a function
/// of its inputs and settings alone.
public interface Custom {
    /// Checks the inputs' shapes and gives the result's.
    ///
    /// @throws ShapeException if they do not fit
    Shape shape(List<Shape> inputs);

    /// Writes every element of `output`.
    void forward(List<Matrix> inputs, Matrix output);

    /// Adds to each input's gradient what `outputGradient` means for it.
    ///
    /// @param inputGradients in the order of the inputs; null where none is wanted
    void gradient(List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients);
}
