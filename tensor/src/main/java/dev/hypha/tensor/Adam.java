package dev.hypha.tensor;

/// Adam. Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
public record Adam(float learningRate, float beta1, float beta2, float epsilon) implements Optimizer {
    /// @throws IllegalArgumentException if a setting is out of range
    public Adam {
        Optimizer.requireAtLeast(0, learningRate, "learning rate");
        Optimizer.requireFraction(beta1, "beta1");
        Optimizer.requireFraction(beta2, "beta2");
        Optimizer.requireAtLeast(0, epsilon, "epsilon");
    }

    /// The paper's settings with another step size.
    public Adam(float learningRate) {
        this(learningRate, 0.9f, 0.999f, 1e-8f);
    }

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public int slots() {
        return 2;
    }
}
