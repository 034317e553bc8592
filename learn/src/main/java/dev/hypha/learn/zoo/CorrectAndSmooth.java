package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tensor;

/// Correct and smooth: what a model says of all nodes, bettered by its errors on those whose label is
/// known. Huang, He, Singh, Lim, Benson, "Combining label propagation and simple models out-performs graph
/// neural networks", ICLR 2021, equations 2 to 5.
///
///     E_i = Y_i - Z_i where the label of i is known, else 0                              [nodes, classes]
///     E'  = the limit of E' <- a S E' + (1 - a) E,   S = D^-1/2 A D^-1/2
///     Z'_i = Z_i + s E'_i / |E'_i|,   s the mean of |E_j| over known j      (autoscale)
///     Z'_i = Z_i + scale E'_i, where known errors stay as they are          (FDiff-scale)
///     G_i = Y_i where known, else Z'_i;   answer = the limit of F <- b S F + (1 - b) G
///
/// with |.| the sum of absolute values.
///
/// @param correctSteps steps of spreading errors
/// @param correctAlpha a, share of neighbors' errors
/// @param smoothSteps steps of spreading answers
/// @param smoothAlpha b, share of neighbors' answers
/// @param autoscale whether errors are scaled node by node, to the mean size of those that are known
/// @param scale of errors if not
public record CorrectAndSmooth(
        @Option(def = "50", help = "steps of spreading errors, 0 for none", min = 0, max = 10000)
        int correctSteps,

        @Option(def = "0.9", help = "share of neighbors' errors", min = 0, max = 1)
        double correctAlpha,

        @Option(def = "50", help = "steps of spreading answers, 0 for none", min = 0, max = 10000)
        int smoothSteps,

        @Option(def = "0.8", help = "share of neighbors' answers", min = 0, max = 1)
        double smoothAlpha,

        @Option(def = "true", help = "whether errors are scaled to the mean size of known ones")
        boolean autoscale,

        @Option(def = "1", help = "factor of errors that are not scaled so", min = 0, max = 1000)
        double scale)
        implements LabelMethod {
    private static final float LEAST = 1e-12f;

    public CorrectAndSmooth {
        Options.check(CorrectAndSmooth.class, correctSteps, correctAlpha, smoothSteps, smoothAlpha, autoscale, scale);
    }

    /// @throws IllegalArgumentException where nothing is said of the nodes yet
    @Override
    public float[] answer(LabelProblem problem, KernelProvider provider, Memory memory, long key) {
        if (problem.base() == null) throw new IllegalArgumentException("correct and smooth needs base predictions");
        try (LabelSteps steps = new LabelSteps(problem, provider, memory)) {
            if (correctSteps > 0) {
                steps.run(1, (c, _) -> errors(c, problem))
                        .run(correctSteps, (c, e) -> spreadError(c, problem, e))
                        .run(1, (c, e) -> corrected(c, problem, e));
            } else {
                steps.run(1, (c, _) -> c.constant(problem.base()).scale(1));
            }
            smooth(problem, steps, memory);
            return steps.probabilities();
        }
    }

    private static Tensor errors(Context c, LabelProblem problem) {
        return problem.labels(c).minus(c.constant(problem.base())).scaleRows(problem.mask(c, true));
    }

    private Tensor spreadError(Context c, LabelProblem problem, Tensor e) {
        Tensor spread = problem.edges().normalisedWithoutLoops(e).scale((float) correctAlpha);
        Tensor own = errors(c, problem);
        return autoscale
                ? spread.plus(own.scale((float) (1 - correctAlpha)))
                : spread.scaleRows(problem.mask(c, false)).plus(own);
    }

    private Tensor corrected(Context c, LabelProblem problem, Tensor e) {
        Tensor base = c.constant(problem.base());
        if (!autoscale) return base.plus(e.scale((float) scale));
        int known = 0;
        for (int i = 0; i < problem.nodes(); i++) if (problem.knows(i)) known++;
        Tensor mean = absolute(errors(c, problem)).sum().scale(1f / Math.max(1, known));
        Tensor sizes =
                absolute(e).times(c.constant(problem.classCount(), _ -> 1)).addScalar(LEAST);
        Tensor inverse = sizes.log().scale(-1).exp();
        Tensor factors = inverse.times(mean);
        return base.plus(e.scaleRows(factors));
    }

    private static Tensor absolute(Tensor x) {
        return x.relu().plus(x.scale(-1).relu());
    }

    private void smooth(LabelProblem problem, LabelSteps steps, Memory memory) {
        steps.run(1, (c, z) -> z.scaleRows(problem.mask(c, false)).plus(problem.labels(c)));
        float others = (float) smoothAlpha;
        try (Matrix best = Matrix.of(memory, Purpose.WORKSPACE, problem.nodes(), problem.classCount())) {
            best.copyFrom(steps.scores());
            steps.run(
                    smoothSteps,
                    (c, f) -> problem.edges()
                            .normalisedWithoutLoops(f)
                            .scale(others)
                            .plus(c.constant(best).scale(1 - others)));
        }
    }
}
