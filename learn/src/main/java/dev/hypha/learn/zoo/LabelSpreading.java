package dev.hypha.learn.zoo;

import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;

/// Learning with local and global consistency. Zhou, Bousquet, Lal, Weston, Schoelkopf, "Learning with local and global
/// consistency", NeurIPS 2003, section 2.
///
///     F^0 = Y;   F <- alpha S F + (1 - alpha) Y,   S = D^-1/2 A D^-1/2                     [nodes, classes]
///
/// with Y one-hot rows of the labels that are known, zeros elsewhere. Its limit is (1 - alpha) (I - alpha S)^-1 Y.
///
/// @param steps of the iteration
/// @param alpha share of what neighbors say
public record LabelSpreading(
        @Option(def = "50", help = "steps of the iteration", min = 1, max = 100000)
        int steps,

        @Option(def = "0.9", help = "share of what neighbors say", min = 0, max = 1)
        double alpha)
        implements LabelMethod {
    public LabelSpreading {
        Options.check(LabelSpreading.class, steps, alpha);
    }

    @Override
    public float[] answer(LabelProblem problem, KernelProvider provider, Memory memory, long key) {
        float others = (float) alpha;
        try (LabelSteps spread = new LabelSteps(problem, provider, memory)) {
            spread.run(1, (c, _) -> problem.labels(c))
                    .run(
                            steps,
                            (c, f) -> problem.edges()
                                    .normalisedWithoutLoops(f)
                                    .scale(others)
                                    .plus(problem.labels(c).scale(1 - others)));
            return spread.probabilities();
        }
    }
}
