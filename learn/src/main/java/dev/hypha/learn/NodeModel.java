package dev.hypha.learn;

/// A model over the nodes of a graph of one kind of node and one kind of edge: it answers for all of them at once, or
/// for some with what was sampled around them.
public interface NodeModel extends Model<NodeBatch> {
    /// Rounds of message passing, each over one [LayerEdges] of the batch.
    int layers();

    /// Whether it can do a task of this kind.
    default boolean does(TaskKind kind) {
        return true;
    }
}
