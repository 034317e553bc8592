package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.Objects;

/// The loop of all walk samplers: many walks go side by side, a step each, because a step waits for memory and
/// the steps of different walks wait together.
final class Walking {
    private static final int TOGETHER = 256;

    private Walking() {}

    /// Where a walk goes next.
    @FunctionalInterface
    interface Rule {
        /// @param before the node before the current one, or [WalkSampler#NONE]
        /// @param key of this step of this walk
        /// @return a node, or [WalkSampler#NONE] to end the walk
        int next(int start, int before, int node, long key);
    }

    static int[] sample(Neighbors graph, int[] starts, int length, long key, Rule rule) {
        int width = length + 1;
        int[] walks = new int[Math.multiplyExact(starts.length, width)];
        Arrays.fill(walks, WalkSampler.NONE);
        for (int i = 0; i < starts.length; i++) {
            walks[i * width] = Objects.checkIndex(starts[i], graph.targets());
        }
        for (int first = 0; first < starts.length; first += TOGETHER) {
            int end = Math.min(starts.length, first + TOGETHER);
            for (int step = 1; step <= length; step++) {
                for (int i = first; i < end; i++) {
                    int at = i * width + step;
                    int before = step == 1 ? WalkSampler.NONE : walks[at - 2];
                    if (walks[at - 1] != WalkSampler.NONE) {
                        long own = Mixing.split(Mixing.split(key, i), step);
                        walks[at] = rule.next(starts[i], before, walks[at - 1], own);
                    }
                }
            }
        }
        return walks;
    }
}
