package dev.hypha.learn.probe;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Place;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Collections;

/// How much the answer for a node moves with the features of each node: the Jacobian's sums of absolute
/// values. Where they are near 0 for distant nodes that matter, messages are squashed on the way.
///
/// Di Giovanni, Giusti, Barbero, Luise, Lio and Bronstein, "On over-squashing in message passing neural
/// networks: the impact of width, depth, and topology", ICML 2023, section 3: for a model whose layers sum
/// messages with the matrix S, it is at most the same sum over products of the weights' absolute values
/// times an entry of S^layers.
public final class InputSensitivity {
    private InputSensitivity() {}

    /// One pass forward and backward per target and output; nothing is dropped.
    ///
    /// @param weights of the model, trained or as they begin
    /// @param features of all nodes, shape [nodes, width]; read dense, a copy of them and their gradient
    ///     are made
    /// @param edges of the graph, all nodes both targets and sources
    /// @param targets nodes whose answers are looked at
    /// @return a row per target: for each node u the sum over outputs a and features b of |d answer_a / d
    ///     x_u,b|
    /// @throws dev.hypha.tensor.MemoryLimitException if memory does not suffice
    public static double[][] of(
            NodeModel model,
            Weights weights,
            int outputs,
            StoredMatrix features,
            LayerEdges edges,
            int[] targets,
            Place place) {
        double[][] sums = new double[targets.length][features.rows()];
        try (Parameters parameters = new Parameters(place.memory());
                Workspace workspace = new Workspace(place.memory())) {
            Parameter inputs = parameters.add("features", features.rows(), features.cols());
            copy(features, inputs.value(), place);
            for (int i = 0; i < targets.length; i++) {
                for (int a = 0; a < outputs; a++) {
                    parameters.zeroGradients();
                    int output = a;
                    NodeBatch batch = new NodeBatch(
                            features,
                            null,
                            Collections.nCopies(model.layers(), edges),
                            new int[] {targets[i]},
                            new float[0]);
                    try (Tape tape = new Tape(place.provider(), workspace, true)) {
                        Context c = new Context(tape, weights, outputs, false, 0).differentiating(inputs);
                        Tensor answer = model.forward(c, batch).gather(new int[] {targets[i]});
                        tape.backward(answer.times(tape.constant(outputs, k -> k == output ? 1 : 0)));
                    }
                    add(inputs.gradient(), sums[i]);
                }
            }
        }
        return sums;
    }

    private static void copy(StoredMatrix features, Matrix dense, Place place) {
        try (Memory memory = Memory.unlimited();
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(place.provider(), workspace, false)) {
            dense.copyFrom(tape.constant(features).value());
        }
    }

    private static void add(Matrix gradient, double[] sums) {
        for (int u = 0; u < sums.length; u++) {
            for (int b = 0; b < gradient.cols(); b++) sums[u] += Math.abs(gradient.get(u, b));
        }
    }
}
