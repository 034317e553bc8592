package dev.hypha.learn;

/// The loss stopped being a number: the training cannot go on.
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int epoch;
    private final int step;

    DivergedException(int epoch, int step, float loss) {
        super("the loss is " + loss + " in step " + step + " of epoch " + epoch
                + "; a lower learning rate may help, or features are not finite");
        this.epoch = epoch;
        this.step = step;
    }

    /// The epoch it happened in, from 1.
    public int epoch() {
        return epoch;
    }

    /// The step of that epoch, from 1.
    public int step() {
        return step;
    }
}
