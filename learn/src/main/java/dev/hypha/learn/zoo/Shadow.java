package dev.hypha.learn.zoo;

import dev.hypha.graph.sampling.PprScopeSampler;
import dev.hypha.graph.sampling.Sampler;
import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.learn.ScopedModel;
import dev.hypha.tensor.Tensor;

/// shaDow: a deep network on a shallow scope. Zeng, Zhang, Xia, Srivastava, Malevich, Kannan, Prasanna, Jin, Chen,
/// "Decoupling the depth and scope of graph neural networks", NeurIPS 2021, sections 2 and 3.
///
///     G_v    = v, the nodes with the highest personalised PageRank seen from v, and all edges between them
///     H_v    = drop(relu(gnn(G_v)))                      of any number of layers          [nodes of G_v, hidden]
///     logits = [h_v, pool of H_v] W + b                                                             [outputs]
///
/// with gnn one of [Backbone], stacked as [Stack] says, and the pool a mean, sum or maximum over the scope,
/// or left out (`readout`). However many layers there are, they smooth over the nodes of G_v alone, and
/// their cost is bounded by its size. The published settings have scopes of 200 nodes and five layers.
///
/// Departures: scopes are cut out by PageRank alone, not by hops; hops from v are not added to the features; one scope
/// per node, none drawn anew and no ensemble of several; normalisation of layers is an option (`norm`), where the paper
/// always has it. A scope is the best `scope` nodes, whatever their scores.
///
/// @param hidden width of a node's vector between layers and of what is pooled
/// @param backbone whose layers run in a scope
/// @param readout what the answer is read off
/// @param scope nodes of a scope at most, beside the one it is of
/// @param restart of the walk that ranks nodes
/// @param threshold how much of the walk may be left at a node, for each of its edges
/// @param stack how layers stand on one another
public record Shadow(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "gcn", help = "whose layers run in a scope")
        Backbone backbone,

        @Option(def = "center", help = "what the answer is read off: the node alone, or with all of its scope")
        Readout readout,

        @Option(
                def = "100",
                help = "nodes of a scope at most, beside the one it is of",
                unit = "nodes",
                min = 0,
                max = 100000)
        int scope,

        @Option(def = "0.15", help = "how often the walk that ranks nodes returns to its start", min = 0.01, max = 1)
        double restart,

        @Option(def = "1e-4", help = "how much of the walk may be left at a node per edge", min = 1e-9, max = 1)
        double threshold,

        Stack stack)
        implements ScopedModel {
    public Shadow {
        Options.check(Shadow.class, hidden, backbone, readout, scope, restart, threshold, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Sampler scopes() {
        return new PprScopeSampler(restart, threshold, scope, layers() + 1);
    }

    @Override
    public boolean pools() {
        return readout != Readout.CENTER;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor h = backbone.of(hidden, stack).forward(c.part("gnn", hidden), in);
        return c.linear("answer", readout.of(c, in, c.dropout(h.relu(), stack.dropout())), c.outputs());
    }
}
