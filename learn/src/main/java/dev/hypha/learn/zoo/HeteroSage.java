package dev.hypha.learn.zoo;

import dev.hypha.graph.EdgeType;
import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.learn.Context;
import dev.hypha.learn.NodeRows;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.learn.RowBatch;
import dev.hypha.learn.RowModel;
import dev.hypha.learn.Seeds;
import dev.hypha.learn.TimeEncoding;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// Heterogeneous GraphSAGE over the rows of a database: the relational deep learning recipe.
/// Fey et al., "Relational Deep Learning", ICML 2024 (position); Robinson et al., "RelBench", NeurIPS 2024
/// (arXiv:2407.20060), section 3; layers of Hamilton, Ying, Leskovec, "Inductive representation learning", NeurIPS
/// 2017.
///
/// With t a node type, i a node, j its sources along an edge type r, and a_i the age of row i at its seed's time:
///
///     z_i   = W_t dense_i + b_t + sum over categorical columns of their embedding
///     x_i^0 = z_i + W'_t relu(norm(z_i)) + b'_t + A_t time(a_i)                                   [channels]
///     x_i^l = drop(relu(norm(W_tl x_i^(l-1) + b_tl + sum_r W_rl reduce_j x_j^(l-1)))) (+ x_i^(l-1)) [channels]
///     logits = MLP(x_seed^L, relu(norm(F f_seed + b)))                                             [outputs]
///
/// where f are the seed's own features and its lag, if there are any.
///
/// Departures from the paper: layer norm instead of batch norm, so that a row's answer does not depend on
/// the batch; one linear map for the node itself instead of one per edge type, whose sum is the same map;
/// one residual block per table instead of a ResNet over columns; logarithms beside the waves in time(a).
/// Only types that can still reach the seeds are computed in a layer, so every parameter has a gradient.
///
/// @param channels width of a node's vector
/// @param layers convolutions, one hop each
/// @param fanOut neighbors sampled per edge type, the seeds' hop first; the last entry holds for all further hops
/// @param aggregation how the sources of an edge type become one row
/// @param dropout share of a layer's outputs dropped in training
/// @param residual whether a layer adds its input to its output
/// @param lag whether the head sees by how much a seed's cut-off lies before its time
public record HeteroSage(
        @Option(def = "64", help = "width of a row's vector", min = 1, max = 4096)
        int channels,

        @Option(def = "2", help = "convolutions, one hop each", unit = "hops", min = 1, max = 7)
        int layers,

        @Option(def = "16,8", help = "neighbors per edge type and hop, -1 for all", unit = "rows", min = -1)
        List<Integer> fanOut,

        @Option(def = "sum", help = "how neighbors become one row")
        Aggregation aggregation,

        @Option(def = "0.1", help = "share of outputs dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "true", help = "add a layer's input to its output")
        boolean residual,

        @Option(def = "false", help = "tell the head how far the cut-off lies before the time")
        boolean lag)
        implements RowModel {

    /// How the sources of an edge type become one row.
    public enum Aggregation {
        MEAN,
        SUM,
        /// Mean and sum, each with its own weights.
        BOTH;

        private List<Reduce> reduces() {
            return switch (this) {
                case MEAN -> List.of(Reduce.MEAN);
                case SUM -> List.of(Reduce.SUM);
                case BOTH -> List.of(Reduce.MEAN, Reduce.SUM);
            };
        }
    }

    public HeteroSage {
        Options.check(HeteroSage.class, channels, layers, fanOut, aggregation, dropout, residual, lag);
        fanOut = List.copyOf(fanOut);
        if (fanOut.isEmpty() || fanOut.size() > layers) {
            throw Options.refused(
                    "fan-out", fanOut, "not one entry per layer", "Give 1 to " + layers + " numbers, like 16,8.");
        }
    }

    @Override
    public List<Integer> fanouts() {
        List<Integer> perHop = new ArrayList<>(fanOut);
        while (perHop.size() < layers) perHop.add(fanOut.getLast());
        return List.copyOf(perHop);
    }

    @Override
    public Tensor forward(Context c, RowBatch in) {
        return new Pass(this, c, in).logits();
    }

    /// One forward pass.
    private static final class Pass {
        private final HeteroSage m;
        private final Context c;
        private final RowBatch in;
        private final Subgraph graph;
        private final int types;

        Pass(HeteroSage m, Context c, RowBatch in) {
            this.m = m;
            this.c = c;
            this.in = in;
            this.graph = in.subgraph();
            this.types = graph.nodeTypes().size();
            if (graph.hops() != m.layers) {
                throw new IllegalArgumentException(graph.hops() + " hops sampled for " + m.layers + " layers");
            }
        }

        Tensor logits() {
            RowVectors[] x = new RowVectors[types];
            reachable(m.layers).stream().forEach(t -> x[t] = encode(t));
            for (int l = 1; l <= m.layers; l++) convolve(l, x);
            return head(x[graph.seedType()].first(graph.seeds()));
        }

        /// The node types whose rows can be `hops` or fewer hops from a seed.
        private BitSet reachable(int hops) {
            BitSet reached = new BitSet();
            reached.set(graph.seedType());
            for (int h = 0; h < hops; h++) {
                BitSet before = (BitSet) reached.clone();
                for (EdgeType e : graph.edgeTypes()) if (before.get(e.target())) reached.set(e.source());
            }
            return reached;
        }

        private RowVectors encode(int type) {
            NodeRows rows = in.rows(type);
            String name = "encode." + typeName(type);
            Tensor z = c.linear(name + ".dense", dense(rows), m.channels);
            for (int k = 0; k < rows.codeColumns(); k++) {
                z = z.plus(c.embedding(name + ".codes" + k, rows.codes(k), rows.vocabulary(k), m.channels));
            }
            Tensor block = c.dropout(c.layerNorm(name + ".norm", z).relu(), m.dropout);
            Tensor x = z.plus(c.linear(name + ".block", block, m.channels));
            Tensor ages = rows.ageWidth() == 0 ? null : c.constant(rows.count(), rows.ageWidth(), rows.ages());
            return new RowVectors.Aged(x, rows.positions(), ages, a -> c.product(name + ".time", a, m.channels));
        }

        /// A table without columns still gets a vector of its own: the weights of a constant one.
        private Tensor dense(NodeRows rows) {
            if (rows.denseWidth() > 0) return c.constant(rows.distinct(), rows.denseWidth(), rows.dense());
            float[] ones = new float[rows.distinct()];
            Arrays.fill(ones, 1);
            return c.constant(rows.distinct(), 1, ones);
        }

        /// Replaces the vectors of layer l - 1 by those of layer l.
        private void convolve(int l, RowVectors[] x) {
            int depth = m.layers - l;
            RowVectors[] next = new RowVectors[types];
            reachable(depth).stream().forEach(t -> next[t] = node(l, t, graph.ends(t)[depth], x));
            System.arraycopy(next, 0, x, 0, types);
        }

        private RowVectors node(int l, int type, int rows, RowVectors[] x) {
            String layer = "layer" + l + ".";
            Tensor self = x[type].first(rows);
            Tensor sum = c.linear(layer + typeName(type), self, m.channels);
            for (int e = 0; e < graph.edgeTypes().size(); e++) {
                if (graph.edgeTypes().get(e).target() == type) sum = sum.plus(messages(layer, e, rows, x));
            }
            Tensor out = c.layerNorm(layer + typeName(type) + ".norm", sum).relu();
            out = c.dropout(out, m.dropout);
            return new RowVectors.Plain(m.residual ? out.plus(self) : out);
        }

        private Tensor messages(String layer, int edgeType, int rows, RowVectors[] x) {
            EdgeType edge = graph.edgeTypes().get(edgeType);
            Tensor sum = null;
            for (Reduce reduce : m.aggregation.reduces()) {
                String name = layer + edge.name() + "." + reduce.name().toLowerCase(Locale.ROOT);
                Tensor reduced =
                        x[edge.source()].reduce(rows, graph.offsets(edgeType), graph.sources(edgeType), reduce);
                Tensor mapped = c.product(name, reduced, m.channels);
                sum = sum == null ? mapped : sum.plus(mapped);
            }
            return sum;
        }

        private String typeName(int type) {
            return graph.nodeTypes().get(type).name();
        }

        private Tensor head(Tensor seeds) {
            Tensor x = seeds;
            int width = in.seeds().featureWidth();
            if (width + (m.lag ? 1 : 0) > 0) {
                Tensor own = c.linear("head.features", seedFeatures(width), m.channels);
                x = x.concat(c.dropout(c.layerNorm("head.features.norm", own).relu(), m.dropout));
            }
            Tensor hidden = c.layerNorm("head.norm", c.linear("head.hidden", x, m.channels))
                    .relu();
            return c.linear("head.out", c.dropout(hidden, m.dropout), c.outputs());
        }

        /// The seeds' own features, and beside them the logarithm of their lag in days where it is wanted.
        private Tensor seedFeatures(int width) {
            Seeds seeds = in.seeds();
            Tensor given = c.constant(seeds.count(), width, seeds.features());
            if (!m.lag) return given;
            float[] lags = new float[seeds.count()];
            for (int i = 0; i < lags.length; i++) {
                lags[i] = (float) (Math.log1p(TimeEncoding.days(seeds.time()[i], seeds.cutoff()[i])) / 8);
            }
            Tensor lag = c.constant(lags.length, 1, lags);
            return width == 0 ? lag : given.concat(lag);
        }
    }
}
