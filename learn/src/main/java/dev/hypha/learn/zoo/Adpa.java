package dev.hypha.learn.zoo;

import static dev.hypha.learn.Directions.Way.FROM;
import static dev.hypha.learn.Directions.Way.INTO;

import dev.hypha.learn.Context;
import dev.hypha.learn.DecoupledModel;
import dev.hypha.learn.Directions.Way;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Adaptive directed pattern aggregation. Sun et al., "Breaking the entanglement of homophily and heterophily in
/// semi-supervised node classification", ICDE 2024, section IV.
///
///     X_g^k  = G_g X_g^(k-1),  X_g^0 = X                 for g of A, A', A A, A A', A' A, A' A'       [nodes,
/// features]
///     a_g^k  = softmax_k(sigmoid(sum_m X_g^m r_gm + X_g^k w_g + b_g))                                [nodes, 1]
///     Z_g    = drop(relu((sum_k a_g^k X_g^k) W_g + c_g)),  Z_0 = drop(relu(X W_0 + c_0))                 [nodes,
/// hidden]
///     logits = [Z_0 | Z_g for all g] V + d
///
/// A gathers from the nodes that a node leads to, its transpose A' from those that lead to it; each is divided by the
/// roots of the degrees at both ends of an arc. The X_g^k have no parameters and are worked out once where
/// the whole graph is at hand; a pass over edges maps first: `(a X) W = a (X W)` for a number a per node.
///
/// Departures: a pattern of two arcs is normalised arc by arc, not by the number of its walks, so that no product of
/// adjacencies is made; A and A' get no self-loops, as X itself is among what is attended to; one linear layer per
/// pattern. A number per pattern before a linear map, which the paper has, is left out, as it changes nothing.
///
/// @param hidden width of a node's vector for each pattern
/// @param hops K, how often a pattern is followed
/// @param dropout share of hidden outputs dropped in training
public record Adpa(
        @Option(def = "64", help = "width of a node's vector for each pattern", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "how often a pattern of one or two arcs is followed", min = 1, max = 16)
        int hops,

        @Option(def = "0.5", help = "share of hidden outputs dropped in training", min = 0, max = 0.95)
        double dropout)
        implements DecoupledModel {
    /// Their names read like products: messages pass the last factor first.
    private static final List<Pattern> PATTERNS = List.of(
            new Pattern("a", List.of(FROM)),
            new Pattern("t", List.of(INTO)),
            new Pattern("aa", List.of(FROM, FROM)),
            new Pattern("at", List.of(INTO, FROM)),
            new Pattern("ta", List.of(FROM, INTO)),
            new Pattern("tt", List.of(INTO, INTO)));

    /// A pattern of arcs.
    ///
    /// @param ways in the order in which messages pass them
    private record Pattern(String name, List<Way> ways) {
        /// One step of the pattern, over the two layers of edges that it has: the last of them where it needs one.
        Tensor step(NodeBatch in, int step, Tensor x) {
            int first = 2 * step + 2 - ways.size();
            Tensor y = x.firstRows(in.layer(first).sources());
            for (int w = 0; w < ways.size(); w++) y = in.layer(first + w).gathered(ways.get(w), 0.5, y);
            return y;
        }

        String label() {
            return "pattern." + name;
        }
    }

    public Adpa {
        Options.check(Adpa.class, hidden, hops, dropout);
    }

    @Override
    public int layers() {
        return 2 * hops;
    }

    /// X, and beside it X_g^1 to X_g^K of each pattern.
    @Override
    public Tensor propagate(Context c, NodeBatch in) {
        List<Tensor> parts = new ArrayList<>();
        Tensor x = c.features(in);
        int targets = in.layer(layers() - 1).targets();
        parts.add(x.firstRows(targets));
        for (Pattern g : PATTERNS) {
            parts.addAll(followed(g, in, x).stream().skip(1).toList());
        }
        return Tensor.concat(parts);
    }

    /// x and what each step of a pattern makes of it, for the targets of the last layer.
    private List<Tensor> followed(Pattern g, NodeBatch in, Tensor x) {
        List<Tensor> all = new ArrayList<>(List.of(x));
        for (int k = 0; k < hops; k++) all.add(g.step(in, k, all.getLast()));
        int targets = all.getLast().rows();
        return all.stream().map(one -> one.firstRows(targets)).toList();
    }

    @Override
    public Tensor classify(Context c, Tensor propagated) {
        int width = propagated.cols() / (1 + PATTERNS.size() * hops);
        Tensor own = propagated.sliceColumns(0, width);
        List<Tensor> heads = new ArrayList<>(List.of(ended(c, "own", c.product("own", own, hidden))));
        int at = width;
        for (Pattern g : PATTERNS) {
            List<Tensor> mapped = new ArrayList<>(List.of(mapped(c, g, own)));
            for (int k = 1; k <= hops; k++, at += width) {
                mapped.add(mapped(c, g, propagated.sliceColumns(at, at + width)));
            }
            heads.add(ended(c, g.label(), attended(c, g, mapped)));
        }
        return c.linear("answer", Tensor.concat(heads), c.outputs());
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor x = c.features(in);
        int targets = in.layer(layers() - 1).targets();
        List<Tensor> heads = new ArrayList<>();
        heads.add(ended(c, "own", c.product("own", x.firstRows(targets), hidden)));
        for (Pattern g : PATTERNS) {
            heads.add(ended(c, g.label(), attended(c, g, followed(g, in, mapped(c, g, x)))));
        }
        return c.linear("answer", Tensor.concat(heads), c.outputs());
    }

    /// x W_g, x w_g and x r_gm for all m, beside each other.
    private Tensor mapped(Context c, Pattern g, Tensor x) {
        return c.product(g.label(), x, hidden)
                .concat(c.product(g.label() + ".own", x, 1), c.product(g.label() + ".all", x, hops + 1));
    }

    /// sum over k of a_g^k X_g^k W_g.
    ///
    /// @param mapped of every X_g^k
    private Tensor attended(Context c, Pattern g, List<Tensor> mapped) {
        Tensor reference = null;
        for (int k = 0; k <= hops; k++) {
            Tensor part = mapped.get(k).sliceColumns(hidden + 1 + k, hidden + 2 + k);
            reference = reference == null ? part : reference.plus(part);
        }
        Tensor all = c.bias(g.label() + ".score", reference);
        List<Tensor> scores = new ArrayList<>();
        for (Tensor one : mapped)
            scores.add(one.sliceColumns(hidden, hidden + 1).plus(all).sigmoid());
        // Scores lie between 0 and 1: their exponentials need no shift.
        Tensor powers = Tensor.concat(scores).exp();
        Tensor total = powers.times(c.constant(hops + 1, _ -> 1));
        Tensor weights = powers.scaleRows(total.log().scale(-1).exp());
        Tensor sum = null;
        for (int k = 0; k <= hops; k++) {
            Tensor part = mapped.get(k).sliceColumns(0, hidden).scaleRows(weights.sliceColumns(k, k + 1));
            sum = sum == null ? part : sum.plus(part);
        }
        return sum;
    }

    private Tensor ended(Context c, String name, Tensor x) {
        return c.activated(name, x, Function.RELU, dropout);
    }
}
