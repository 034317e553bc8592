package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Keys;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.Adam;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.OptimizerState;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The perceptron of [AltOpt], fitted to soft labels of some nodes.
final class LabelFitting implements AutoCloseable {
    private final AltOpt options;
    private final LabelProblem problem;
    private final KernelProvider provider;
    private final Mlp model;
    private final Weights weights;
    private final Workspace workspace;
    private final Matrix predicted;
    private final OptimizerState optimizer;
    private final long key;
    private int draws;

    LabelFitting(AltOpt options, LabelProblem problem, KernelProvider provider, Memory memory, long key) {
        this.options = options;
        this.problem = problem;
        this.provider = provider;
        this.key = key;
        this.model = new Mlp(options.hidden(), options.stack());
        this.weights = new Weights(memory, Keys.split(key, "weights"));
        this.workspace = new Workspace(memory);
        this.predicted = Matrix.of(memory, Purpose.WORKSPACE, problem.nodes(), problem.classCount());
        predict();
        weights.seal();
        this.optimizer = new Adam((float) options.rate()).start(weights.parameters(), memory);
    }

    /// Works out anew what the perceptron says of all nodes.
    void predict() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            NodeBatch all = new NodeBatch(problem.features(), null, List.of(), null, new float[0]);
            predicted.copyFrom(probabilities(new Context(tape, weights, problem.classCount(), false, 0), all)
                    .value());
        }
    }

    /// What the perceptron said of all nodes when it was last asked.
    Matrix predicted() {
        return predicted;
    }

    /// Some steps towards the labels of known nodes and of those of each class that are surest.
    ///
    /// @param labels rows sum to 1, shape [nodes, classes]
    void fit(float[] labels, int steps, int surest) {
        int classes = problem.classCount();
        double[] sureness = new double[problem.nodes()];
        Arrays.setAll(sureness, i -> problem.knows(i) ? 1 : sureness(labels, i, classes));
        int[] chosen = chosen(labels, sureness, surest);
        float[] soft = new float[chosen.length * classes];
        float[] share = new float[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(labels, chosen[i] * classes, soft, i * classes, classes);
            share[i] = (float) sureness[chosen[i]];
        }
        NodeBatch batch = new NodeBatch(problem.features(), chosen, List.of(), null, new float[0]);
        for (int i = 0; i < steps; i++) step(batch, soft, share);
    }

    private void step(NodeBatch batch, float[] soft, float[] share) {
        int classes = problem.classCount();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Context c = new Context(tape, weights, classes, true, Keys.split(key, draws++));
            Tensor apart = probabilities(c, batch).minus(c.constant(share.length, classes, soft));
            Tensor loss = apart.multiply(apart)
                    .scaleRows(c.constant(share.length, 1, share))
                    .sum();
            weights.parameters().zeroGradients();
            loss.backward();
            weights.parameters().shrink(provider, (float) options.l2(), _ -> true);
            optimizer.step(provider);
        }
    }

    /// The softmax of each row of logits, which are moved to mean 0 first so that their powers stay finite.
    private Tensor probabilities(Context c, NodeBatch in) {
        Tensor logits = model.forward(c, in);
        int classes = logits.cols();
        Tensor means = logits.times(c.constant(classes, _ -> 1.0 / classes));
        Tensor powers =
                logits.minus(means.times(c.constant(1, classes, _ -> 1))).exp();
        Tensor sums = powers.times(c.constant(classes, _ -> 1));
        return powers.scaleRows(sums.log().scale(-1).exp());
    }

    /// Known nodes, and of the others of each class the surest, in rising order.
    private int[] chosen(float[] labels, double[] sureness, int surest) {
        int classes = problem.classCount();
        IntStream known = IntStream.range(0, problem.nodes()).filter(problem::knows);
        if (surest == 0) return known.toArray();
        IntStream sure = IntStream.range(0, classes)
                .flatMap(label -> IntStream.range(0, problem.nodes())
                        .filter(i -> !problem.knows(i) && sureness[i] > 0 && likeliest(labels, i, classes) == label)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -sureness[i])
                                .thenComparingInt(i -> i))
                        .limit(surest)
                        .mapToInt(i -> i));
        return IntStream.concat(known, sure).sorted().toArray();
    }

    /// The class of the largest of a node's numbers, the first of equal ones.
    static int likeliest(float[] rows, int node, int classes) {
        int best = 0;
        for (int label = 1; label < classes; label++) {
            if (rows[node * classes + label] > rows[node * classes + best]) best = label;
        }
        return best;
    }

    /// 1 less the entropy of a row in units of its largest: 0 where all classes are alike, 1 where one is certain.
    static double sureness(float[] rows, int node, int classes) {
        double entropy = 0;
        for (int i = node * classes; i < (node + 1) * classes; i++) {
            if (rows[i] > 0) entropy -= rows[i] * Math.log(rows[i]);
        }
        return classes == 1 ? 1 : Math.max(0, 1 - entropy / Math.log(classes));
    }

    @Override
    public void close() {
        optimizer.close();
        predicted.close();
        weights.close();
        workspace.close();
    }
}
