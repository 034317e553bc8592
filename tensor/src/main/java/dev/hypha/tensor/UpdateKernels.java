package dev.hypha.tensor;

/// One optimiser step on a range of a parameter's elements.
public interface UpdateKernels {
    /// velocity = momentum velocity + gradient; value -= rate velocity.
    void momentum(Matrix value, Matrix gradient, Matrix velocity, float rate, float momentum, int from, int to);

    /// The averages first = beta1 first + (1 - beta1) g and second = beta2 second + (1 - beta2) g^2, and then
    /// value -= rate decay value + rate (first / correction1) / (sqrt(second / correction2) + epsilon).
    void adam(Matrix value, Matrix gradient, Matrix first, Matrix second, AdamStep step, int from, int to);

    /// The numbers of one Adam step.
    ///
    /// @param correction1 1 - beta1^t at step t
    /// @param correction2 1 - beta2^t at step t
    /// @param decay of the weights, apart from the gradient
    record AdamStep(
            float rate, float beta1, float beta2, float epsilon, float correction1, float correction2, float decay) {}
}
