package dev.hypha.learn.zoo;

import dev.hypha.learn.Keys;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.StoredMatrix;

/// ForwardGNN: layers that learn one after the other, each from a loss of its own, so that no error goes back through
/// another. Park, Wang, Simoulin, Yang, Yang, Rossi, Trivedi, Ahmed, "Forward learning of graph neural networks", ICLR
/// 2024, section 3.2: a single forward pass, without negative samples.
///
///     the graph with a virtual node v_c per class, linked both ways to the nodes known to be of it
///     H^0     = X, and random numbers for virtual nodes                                    [nodes + classes, features]
///     H^l     = relu(f_l(H^(l-1))), rows of H^(l-1) scaled to length 1                     [nodes + classes, hidden]
///     p^l_ic  = softmax_c(h^l_i . h^l_vc / temperature)                                    [nodes, classes]
///     loss_l  = mean over known i of -log p^l_iy
///     answer  = mean over l of p^l
///
/// with f a layer of [Backbone]. Layer l learns until nodes held back are no more often answered right by the layers so
/// far; then its outputs are fixed, and what it has worked out in between is forgotten. At any time the activations of
/// one layer are held, however many there are.
///
/// Departures: signals from later layers of an earlier pass (section 3.3) are left out; features and hidden inputs may
/// be dropped in training (`dropout`), which few labels ask for. The layers' weights are not kept.
///
/// @param hidden width of a node's vector after each layer
/// @param backbone what the layers are
/// @param layers each of one hop
/// @param dropout share of a layer's inputs dropped in training
/// @param temperature that dot products are divided by
/// @param epochs of each layer at most
/// @param patience epochs without a gain on the nodes held back after which a layer stops; 0 for none
/// @param rate of learning
/// @param l2 adds half of this times the squares of a layer's parameters to its loss
public record ForwardGnn(
        @Option(def = "128", help = "width of a node's vector after each layer", min = 1, max = 4096)
        int hidden,

        @Option(def = "gcn", help = "what the layers are") Backbone backbone,

        @Option(def = "2", help = "layers, each of one hop", min = 1, max = 256)
        int layers,

        @Option(def = "0.5", help = "share of a layer's inputs dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "1", help = "what dot products are divided by", min = 0.001, max = 1000)
        double temperature,

        @Option(def = "1000", help = "epochs of each layer at most", unit = "epochs", min = 1, max = 100000)
        int epochs,

        @Option(
                def = "100",
                help = "epochs without a gain on validation nodes after which a layer stops",
                unit = "epochs",
                min = 0)
        int patience,

        @Option(def = "0.01", help = "learning rate", min = 0, max = 10)
        double rate,

        @Option(
                def = "0.0005",
                help = "half of this times the squares of parameters is added to a loss",
                min = 0,
                max = 1)
        double l2)
        implements LabelMethod {
    public ForwardGnn {
        Options.check(ForwardGnn.class, hidden, backbone, layers, dropout, temperature, epochs, patience, rate, l2);
    }

    /// @throws IllegalArgumentException where nodes have no features, or no label is known
    @Override
    public float[] answer(LabelProblem problem, KernelProvider provider, Memory memory, long key) {
        if (problem.features() == null) throw new IllegalArgumentException("forward learning needs features");
        VirtualNodes graph = VirtualNodes.of(problem);
        float[] sum = new float[problem.nodes() * problem.classCount()];
        StoredMatrix input = graph.features(problem.features(), memory, Keys.split(key, "virtual nodes"));
        try {
            for (int l = 0; l < layers; l++) {
                try (LocalLayer layer = new LocalLayer(this, graph, input, provider, memory, Keys.split(key, l))) {
                    layer.learn(sum);
                    add(sum, layer.probabilities());
                    StoredMatrix read = input;
                    input = l == layers - 1 ? read : layer.outputs();
                    if (input != read) read.close();
                }
            }
        } finally {
            input.close();
        }
        for (int i = 0; i < sum.length; i++) sum[i] /= layers;
        return sum;
    }

    private static void add(float[] sum, float[] more) {
        for (int i = 0; i < sum.length; i++) sum[i] += more[i];
    }
}
