package dev.hypha.tensor;

/// Stochastic gradient descent with momentum: v = momentum v + g, x -= rate v.
public record Sgd(float learningRate, float momentum) implements Optimizer {
    /// @throws IllegalArgumentException if a setting is out of range
    public Sgd {
        Optimizer.requireAtLeast(0, learningRate, "learning rate");
        Optimizer.requireFraction(momentum, "momentum");
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public int slots() {
        return 1;
    }
}
