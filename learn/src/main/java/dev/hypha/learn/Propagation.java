package dev.hypha.learn;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Collections;

/// The half of a [DecoupledModel] that has no parameters, worked out once for all nodes of a graph.
///
/// @param model whose half it is
/// @param features of all nodes, shape [nodes, width]
/// @param edges of the graph, all nodes both targets and sources
/// @param provider the kernels to run on
public record Propagation(DecoupledModel model, StoredMatrix features, LayerEdges edges, KernelProvider provider) {
    /// @throws IllegalArgumentException for edges of another graph than the features
    public Propagation {
        if (edges.targets() != features.rows() || edges.sources() != features.rows()) {
            throw new IllegalArgumentException("edges of another graph than the features");
        }
    }

    /// Bytes off the heap that [#run] takes at most, found by a pass without numbers.
    public long bytes() {
        Trial trial = trial();
        return trial.workspace + trial.result;
    }

    /// @param workspace bytes that are laid out on the way
    /// @param result bytes of what comes of it
    private record Trial(long workspace, long result) {}

    private Trial trial() {
        try (Memory counted = Memory.counting();
                KernelProvider dry = provider.dry();
                Workspace workspace = new Workspace(counted);
                Tape tape = new Tape(dry, workspace, false);
                Parameters none = new Parameters(counted)) {
            Matrix rows = propagated(tape, none).value();
            return new Trial(workspace.extent(), Matrix.bytes(rows.rows(), rows.cols()));
        }
    }

    /// What the model reads off the graph, a row for each node; the caller's to close.
    ///
    /// @param memory for it and for what it takes to work it out
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    public Matrix run(Memory memory) {
        try (Workspace workspace = new Workspace(memory)) {
            workspace.reserve(trial().workspace);
            try (Tape tape = new Tape(provider, workspace, false);
                    Parameters none = new Parameters(memory)) {
                Matrix rows = propagated(tape, none).value();
                Matrix kept = Matrix.of(memory, Purpose.FEATURES, rows.rows(), rows.cols());
                kept.copyFrom(rows);
                return kept;
            }
        }
    }

    private Tensor propagated(Tape tape, Parameters none) {
        Context c = new Context(tape, new Weights(none), 0, false, 0);
        int layers = model.layers();
        return model.propagate(
                c, new NodeBatch(features, null, Collections.nCopies(layers, edges), null, new float[0]));
    }
}
