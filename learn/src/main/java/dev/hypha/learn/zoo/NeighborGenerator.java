package dev.hypha.learn.zoo;

import dev.hypha.graph.generating.Draws;
import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;

/// Draws what the features of a node's neighbors may be from its own: a conditional variational autoencoder. Sohn, Lee,
/// Yan, "Learning structured output representation using deep conditional generative models", NeurIPS 2015, as [Lagnn]
/// has it, for a node v and a neighbor u:
///
///     h = relu([x_u, x_v] W + b)                                            [pairs, generatorHidden]
///     m = h W_m + b_m,   l = h W_l + b_l                                    [pairs, latent] each
///     z = m + exp(l / 2) e,   e drawn from N(0, 1)                          [pairs, latent]
///     y = relu([z, x_v] V + c) V' + c'                                      [pairs, features]
///     loss = mean over pairs of  -log p(x_u | y) + 1/2 sum (m^2 + exp(l) - 1 - l)
///
/// with p a Bernoulli distribution of each feature, y its logits, or a normal one of variance 1 around y. What
/// is generated for v is the mean of p for z drawn from N(0, 1).
///
/// @param latent width of z
/// @param generatorHidden width of hidden layers
/// @param generatorSteps steps of its training
/// @param pairs of node and neighbor in each, drawn alike from all
/// @param likelihood p
public record NeighborGenerator(
        @Option(def = "10", help = "numbers that a neighbor is drawn from", min = 1, max = 4096)
        int latent,

        @Option(def = "256", help = "width of the generator's hidden layers", min = 1, max = 4096)
        int generatorHidden,

        @Option(def = "1000", help = "steps of the generator's training", unit = "steps", min = 1, max = 1 << 20)
        int generatorSteps,

        @Option(def = "64", help = "pairs of a node and a neighbor in each", unit = "pairs", min = 1, max = 1 << 20)
        int pairs,

        @Option(
                def = "normal",
                help = "what features are: normal, or from 0 to 1 such as words that are there: bernoulli")
        Likelihood likelihood) {
    public NeighborGenerator {
        Options.check(NeighborGenerator.class, latent, generatorHidden, generatorSteps, pairs, likelihood);
    }

    /// How features are distributed around what the decoder says.
    enum Likelihood {
        /// Numbers of any size.
        NORMAL,
        /// Numbers from 0 to 1. Rows of features and of what is generated are divided by their sums where a classifier
        /// reads them.
        BERNOULLI
    }

    /// What is small where pairs of the batch's first layer are likely, shape [1, 1].
    Tensor loss(Context c, NodeBatch in) {
        Csr edges = in.layer(0).others();
        long key = c.draw();
        int[] chosen = new int[pairs];
        Arrays.setAll(chosen, i -> edges.edges() == 0 ? 0 : Draws.below(edges.edges(), key, i));
        int[] neighbors = new int[pairs];
        int[] nodes = new int[pairs];
        for (int i = 0; i < pairs && edges.edges() > 0; i++) {
            neighbors[i] = edges.indices()[chosen[i]];
            nodes[i] = row(edges, chosen[i]);
        }
        Tensor x = c.features(in);
        return loss(c, x.gather(neighbors), x.gather(nodes));
    }

    /// The row that has an entry.
    private static int row(Csr edges, int entry) {
        int from = 0;
        int to = edges.rows() - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (edges.offsets()[middle + 1] > entry) to = middle;
            else from = middle + 1;
        }
        return from;
    }

    /// The loss of given pairs.
    ///
    /// @param neighbor features of neighbors, shape [pairs, features]
    /// @param own those of the nodes, the same shape
    Tensor loss(Context c, Tensor neighbor, Tensor own) {
        Tensor both = c.product("encoder.neighbor", neighbor, generatorHidden)
                .plus(c.product("encoder.own", own, generatorHidden));
        Tensor hidden = c.bias("encoder", both).relu();
        Tensor mean = c.linear("mean", hidden, latent);
        Tensor logVariance = c.linear("log-variance", hidden, latent);
        Tensor deviation = logVariance.scale(0.5f).exp();
        Tensor z = mean.plus(deviation.multiply(noise(c, neighbor.rows())));
        Tensor squares = mean.multiply(mean).plus(deviation.multiply(deviation));
        Tensor divergence = squares.minus(logVariance).addScalar(-1).mean().scale(0.5f * latent);
        Tensor said = decoded(c, z, conditioned(c, own), own.cols());
        return divergence.plus(
                switch (likelihood) {
                    case NORMAL -> said.meanSquared(neighbor).scale(0.5f * own.cols());
                    case BERNOULLI ->
                        said.binaryCrossEntropyWithLogits(neighbor).scale(own.cols());
                });
    }

    /// Numbers drawn from N(0, 1), shape [rows, latent].
    Tensor noise(Context c, int rows) {
        long key = c.draw();
        return c.constant(rows, latent, i -> Draws.normal(key, i));
    }

    /// What the decoder reads of nodes' own features, the same for all draws.
    ///
    /// @param x shape [nodes, features]
    Tensor conditioned(Context c, Tensor x) {
        return c.product("decoder.own", x, generatorHidden);
    }

    /// Features of a neighbor of each node.
    ///
    /// @param z drawn numbers, shape [nodes, latent]; null for zeros, what is likeliest
    /// @param conditioned what [#conditioned] gave for the nodes
    /// @param features how many there are
    /// @return shape [nodes, features]
    Tensor generated(Context c, Tensor z, Tensor conditioned, int features) {
        Tensor said = decoded(c, z, conditioned, features);
        return likelihood == Likelihood.BERNOULLI ? said.sigmoid() : said;
    }

    private Tensor decoded(Context c, Tensor z, Tensor conditioned, int features) {
        Tensor sum = z == null ? conditioned : conditioned.plus(c.product("decoder.latent", z, generatorHidden));
        return c.linear("features", c.bias("decoder", sum).relu(), features);
    }
}
