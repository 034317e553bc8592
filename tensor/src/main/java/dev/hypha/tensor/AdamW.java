package dev.hypha.tensor;

/// Adam with weights that decay apart from the gradient, by rate times decay per step. Loshchilov, Hutter, "Decoupled
/// weight decay regularization", ICLR 2019, algorithm 2, where the learning rate is the schedule's multiplier times
/// alpha.
public record AdamW(float learningRate, float beta1, float beta2, float epsilon, float weightDecay)
        implements Optimizer {
    /// @throws IllegalArgumentException if a setting is out of range
    public AdamW {
        Optimizer.requireAtLeast(0, learningRate, "learning rate");
        Optimizer.requireFraction(beta1, "beta1");
        Optimizer.requireFraction(beta2, "beta2");
        Optimizer.requireAtLeast(0, epsilon, "epsilon");
        Optimizer.requireAtLeast(0, weightDecay, "weight decay");
    }

    /// The usual settings with a step size and a decay of one's own.
    public AdamW(float learningRate, float weightDecay) {
        this(learningRate, 0.9f, 0.999f, 1e-8f, weightDecay);
    }

    @Override
    public String name() {
        return "adamw";
    }

    @Override
    public int slots() {
        return 2;
    }
}
