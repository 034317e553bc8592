package dev.hypha.learn.zoo;

import dev.hypha.learn.NodeModel;

/// The layers that another method is built around.
enum Backbone {
    /// As in [Gcn].
    GCN,
    /// As in [GraphSage].
    GRAPH_SAGE,
    /// As in [Gat]: up to eight heads, as many as divide the width, which is that of all of them together.
    GAT,
    /// As in [Gin].
    GIN;

    /// The model of such layers.
    ///
    /// @param hidden width of a node's vector between layers
    NodeModel of(int hidden, Stack stack) {
        return switch (this) {
            case GCN -> new Gcn(hidden, stack);
            case GRAPH_SAGE -> new GraphSage(hidden, stack);
            case GAT -> {
                int heads = Math.min(8, Integer.lowestOneBit(hidden));
                yield new Gat(heads, hidden / heads, 0, false, stack);
            }
            case GIN -> new Gin(hidden, 0, stack);
        };
    }
}
