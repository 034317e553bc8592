package dev.hypha.learn;

import dev.hypha.tensor.Tensor;

/// A model over the nodes of a graph of one kind of node and one kind of edge: it answers for all of them at once, or
/// for some with what was sampled around them.
public interface NodeModel extends Model<NodeBatch> {
    /// Rounds of message passing, each over one [LayerEdges] of the batch.
    int layers();

    /// The vectors of the nodes that are answered for.
    ///
    /// @param last of the last layer, one row per target
    default Tensor answered(NodeBatch in, Tensor last) {
        return in.answers().map(last::gather).orElse(last);
    }
}
