package dev.hypha.algorithms.hops;

/// Which distances a layer listens to, and how old the states are that it hears from there.
///
/// Gutteridge, Dong, Bronstein and Di Giovanni, "DRew: Dynamically rewired message passing with delay",
/// ICML 2023, equations 5 and 6: layer l (from 0 on) hears the nodes at distances 1 to l + 1, and from
/// distance k the state of layer l - max(0, k - rate). With rate 1 a state is as old as the way is long, so
/// that nothing arrives sooner than by single steps; with a rate no distance exceeds (`NO_DELAY`), layers
/// hear everything as it is now.
///
/// @param layers at least 1
/// @param rate how far a state comes without delay, the paper's nu, at least 1
/// @param mostHops the largest distance that any layer hears, at least 1; with 1 this is ordinary message
///     passing
public record DelaySchedule(int layers, int rate, int mostHops) {
    /// The rate at which nothing is delayed.
    public static final int NO_DELAY = Integer.MAX_VALUE;

    public DelaySchedule {
        if (layers < 1 || rate < 1 || mostHops < 1) {
            throw new IllegalArgumentException(layers + " layers, rate " + rate + ", at most " + mostHops + " hops");
        }
    }

    /// The largest distance that a layer hears; it hears all from 1 to there.
    public int hops(int layer) {
        return Math.min(layer + 1, mostHops);
    }

    /// The number of the layer whose input is what this layer hears from a distance: 0 is the features.
    public int state(int layer, int hop) {
        return layer - Math.max(0, hop - rate);
    }

    /// The largest distance that any layer hears.
    public int hops() {
        return hops(layers - 1);
    }
}
