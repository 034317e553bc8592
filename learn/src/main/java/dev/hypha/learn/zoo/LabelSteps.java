package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;

/// Steps without parameters over one matrix of scores, each on a tape of its own, so that many of them take the memory
/// of one.
final class LabelSteps implements AutoCloseable {
    private final KernelProvider provider;
    private final Workspace workspace;
    private final Weights none;
    private final Matrix scores;

    /// One step.
    interface Step {
        /// @param scores as they are, shape [nodes, classes]
        /// @return the next ones, the same shape
        Tensor of(Context c, Tensor scores);
    }

    /// Begins with zeros.
    LabelSteps(LabelProblem problem, KernelProvider provider, Memory memory) {
        this.provider = provider;
        this.workspace = new Workspace(memory);
        this.none = new Weights(new Parameters(memory));
        this.scores = Matrix.of(memory, Purpose.WORKSPACE, problem.nodes(), problem.classCount());
    }

    /// Runs a step so many times.
    LabelSteps run(int times, Step step) {
        for (int i = 0; i < times; i++) {
            try (Tape tape = new Tape(provider, workspace, false)) {
                Context c = new Context(tape, none, 0, false, 0);
                scores.copyFrom(step.of(c, c.constant(scores)).value());
            }
        }
        return this;
    }

    /// The scores; changed by the next step.
    Matrix scores() {
        return scores;
    }

    /// The scores as probabilities: what is below 0 counts as 0, and each row is divided by its sum; a row without
    /// anything above 0 says the same of all classes.
    float[] probabilities() {
        float[] rows = scores.toArray();
        int classes = scores.cols();
        for (int at = 0; at < rows.length; at += classes) normalise(rows, at, at + classes);
        return rows;
    }

    private static void normalise(float[] rows, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += Math.max(0, rows[i]);
        if (sum > 0) {
            for (int i = from; i < to; i++) rows[i] = (float) (Math.max(0, rows[i]) / sum);
        } else {
            Arrays.fill(rows, from, to, 1f / (to - from));
        }
    }

    @Override
    public void close() {
        scores.close();
        none.close();
        workspace.close();
    }
}
