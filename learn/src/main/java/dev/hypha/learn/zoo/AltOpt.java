package dev.hypha.learn.zoo;

import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Tensor;

/// Alternately optimized graph neural network. Han, Liu, Wang, Ma, Liu, Tang, "Alternately optimized graph neural
/// networks", ICML 2023, sections 3 and 4: what a graph says of labels and what features say of them are fitted to each
/// other in turns, and no gradient goes through the graph.
///
///     minimise over F and the weights of P = softmax(mlp(X)):
///         fit |P - F|^2 + tr F^T (I - S) F + trust |F - Y|^2 of known rows            [nodes, classes]
///
/// with S = D^-1/2 (A + I) D^-1/2 and Y one-hot rows of known labels. In turns, F takes some steps towards its minimum
///
///     F_i <- ((S F)_i + fit P_i + trust Y_i) / (1 + fit + trust)     where the label of i is known
///     F_i <- ((S F)_i + fit P_i) / (1 + fit)                         elsewhere
///
/// and the perceptron some steps of Adam towards `sum_i w_i |P_i - F_i|^2`, over the known nodes with w = 1
/// and those of each class that F is surest of, with w = 1 - entropy(F_i) / log(classes). F is the answer:
/// of the round whose F is right most often on the nodes held back, where there are some, else of the last.
///
/// F starts from the known labels, after the perceptron was fitted to these alone.
///
/// Departure: after its steps of a turn, F may be made surer row by row, to `softmax(F / temperature)`. The paper does
/// not say so; the authors' code does it with a temperature of 0.2 (github.com/ALT-OPT/ALT-OPT, `prop.py`).
///
/// @param hidden width of hidden layers of the perceptron
/// @param rounds turns of both
/// @param steps of F in each round
/// @param epochs steps of the perceptron in each round
/// @param warmup steps of the perceptron before the first round
/// @param fit how much F and P count each other
/// @param trust how much F counts known labels
/// @param temperature of the softmax that F becomes after its steps in each round; 0 for none
/// @param surest how many nodes of each class are learned from beside those that are known
/// @param rate of the perceptron's learning
/// @param l2 adds half of this times the squares of its parameters to what is minimised
/// @param stack how its layers stand on one another
public record AltOpt(
        @Option(def = "64", help = "width of hidden layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "100", help = "turns of graph and features", min = 1, max = 100000)
        int rounds,

        @Option(def = "10", help = "steps of the labels over the graph in each turn", min = 1, max = 1000)
        int steps,

        @Option(def = "5", help = "steps of the perceptron in each turn", min = 1, max = 10000)
        int epochs,

        @Option(def = "100", help = "steps of the perceptron before the first turn", min = 0, max = 10000)
        int warmup,

        @Option(def = "0.1", help = "how much graph and features count each other", min = 0, max = 1000)
        double fit,

        @Option(def = "1", help = "how much the graph's labels count known ones", min = 0, max = 1000)
        double trust,

        @Option(
                def = "0",
                help = "below 1 for labels that each turn makes surer, 0 for leaving them",
                min = 0,
                max = 10)
        double temperature,

        @Option(def = "100", help = "surest nodes of each class that are learned from", min = 0, max = 1 << 30)
        int surest,

        @Option(def = "0.01", help = "learning rate of the perceptron", min = 0, max = 10)
        double rate,

        @Option(
                def = "0.0005",
                help = "half of this times the squares of parameters is added to the loss",
                min = 0,
                max = 1)
        double l2,

        Stack stack)
        implements LabelMethod {
    public AltOpt {
        Options.check(
                AltOpt.class, hidden, rounds, steps, epochs, warmup, fit, trust, temperature, surest, rate, l2, stack);
    }

    /// @throws IllegalArgumentException where nodes have no features, or no label is known
    @Override
    public float[] answer(LabelProblem problem, KernelProvider provider, Memory memory, long key) {
        if (problem.features() == null) throw new IllegalArgumentException("alternating optimisation needs features");
        try (LabelSteps labels = new LabelSteps(problem, provider, memory);
                LabelFitting fitting = new LabelFitting(this, problem, provider, memory, key)) {
            labels.run(1, (c, _) -> problem.labels(c));
            float[] best = labels.probabilities();
            double most = -1;
            fitting.fit(best, warmup, 0);
            for (int round = 1; round <= rounds; round++) {
                step(problem, labels, fitting);
                float[] now = labels.probabilities();
                double right = right(problem, now);
                if (right >= most) {
                    best = now;
                    most = right;
                }
                fitting.fit(now, epochs, surest);
            }
            return best;
        }
    }

    private void step(LabelProblem problem, LabelSteps labels, LabelFitting fitting) {
        fitting.predict();
        labels.run(steps, (c, f) -> {
            Tensor sum = problem.edges()
                    .normalised(c, f)
                    .plus(c.constant(fitting.predicted()).scale((float) fit))
                    .plus(problem.labels(c).scale((float) trust));
            return sum.scaleRows(c.constant(problem.nodes(), i -> 1 / (1 + fit + (problem.knows(i) ? trust : 0))));
        });
        if (temperature == 0) return;
        labels.run(
                1, (_, f) -> LogSoftmax.of(f.scale((float) (1 / temperature))).exp());
    }

    /// How many nodes that were held back get their class; 0 where none were.
    private static double right(LabelProblem problem, float[] answer) {
        int right = 0;
        for (int i = 0; i < problem.nodes(); i++) {
            if (problem.held()[i] == LabelProblem.UNKNOWN) continue;
            if (LabelFitting.likeliest(answer, i, problem.classCount()) == problem.held()[i]) right++;
        }
        return right;
    }
}
