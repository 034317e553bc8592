package dev.hypha.tensor;

/// A rule by which parameters follow their gradients; its components are its settings, its state is an
/// [OptimizerState].
public sealed interface Optimizer permits Sgd, Adam, AdamW {
    /// Its name in files.
    String name();

    /// Step size before any schedule.
    float learningRate();

    /// How many numbers it keeps per number it trains.
    int slots();

    /// Begins with empty state.
    ///
    /// @param memory for the state, counted as [Purpose#PARAMETERS]
    default OptimizerState start(Parameters parameters, Memory memory) {
        return new OptimizerState(this, parameters, memory);
    }

    /// @throws IllegalArgumentException unless `value` is at least `least` and finite
    static void requireAtLeast(float least, float value, String what) {
        if (!(value >= least) || Float.isInfinite(value)) {
            throw new IllegalArgumentException(what + " " + value + " is not a finite number from " + least);
        }
    }

    /// @throws IllegalArgumentException unless `value` is at least 0 and below 1
    static void requireFraction(float value, String what) {
        if (!(value >= 0 && value < 1)) throw new IllegalArgumentException(what + " " + value + " is not in [0, 1)");
    }
}
