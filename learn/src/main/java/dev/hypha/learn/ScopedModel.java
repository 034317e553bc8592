package dev.hypha.learn;

import dev.hypha.graph.sampling.Sampler;

/// A node model that is made for scopes: each node that it answers for has a small subgraph of its own, in which layers
/// pass messages however many there are. Where a batch has no scopes, all nodes at hand are one for all.
public interface ScopedModel extends NodeModel {
    /// What cuts out the scopes, for one layer more than the model has: the edges into every node of a
    /// scope are wanted, also those into nodes that the last layer does not compute.
    Sampler scopes();

    /// Whether answers are read off all nodes of a scope, so that the last layer computes them all.
    boolean pools();
}
