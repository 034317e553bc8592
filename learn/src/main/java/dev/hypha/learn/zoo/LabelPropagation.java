package dev.hypha.learn.zoo;

import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;

/// Label propagation. Zhu and Ghahramani, "Learning from labeled and unlabeled data with label
/// propagation", CMU-CALD-02-107, 2002, section 2.2.
///
///     F^0 = Y;   F <- D^-1 A F, and then F_i <- Y_i where the label of i is known        [nodes, classes]
///
/// with Y one-hot rows of the labels that are known, zeros elsewhere. Its limit is, of each unknown node,
/// the probability that a random walk from it meets a label of each class first.
///
/// @param steps of the walk
public record LabelPropagation(
        @Option(def = "100", help = "steps of the walk", min = 1, max = 100000)
        int steps) implements LabelMethod {
    public LabelPropagation {
        Options.check(LabelPropagation.class, steps);
    }

    @Override
    public float[] answer(LabelProblem problem, KernelProvider provider, Memory memory, long key) {
        try (LabelSteps walk = new LabelSteps(problem, provider, memory)) {
            walk.run(1, (c, _) -> problem.labels(c)).run(steps, (c, f) -> {
                Tensor next = f.spmm(problem.edges().others(), Reduce.MEAN);
                return next.scaleRows(problem.mask(c, false)).plus(problem.labels(c));
            });
            return walk.probabilities();
        }
    }
}
