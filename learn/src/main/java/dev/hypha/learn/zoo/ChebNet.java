package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Convolution by Chebyshev polynomials of the Laplacian. Defferrard, Bresson, Vandergheynst, "Convolutional neural
/// networks on graphs with fast localized spectral filtering", NeurIPS 2016, equations 4 and 5.
///
///     T^0 = H,   T^1 = M H,   T^k = 2 M T^(k-1) - T^(k-2)
///     H'  = drop(relu(sum_k T^k W_k + b)),   k = 0 to K                        [nodes, hidden]
///
/// with M = 2 L / lambda - I of the normalised Laplacian L = I - D^-1/2 A D^-1/2. As its largest eigenvalue
/// lambda is taken its bound 2, so that M = -D^-1/2 A D^-1/2; stacked as [Stack] says.
///
/// Where edges are sampled, each step of the recursion has its own hop.
///
/// @param hidden width of a node's vector between layers
/// @param degree of the polynomials, K
/// @param stack how layers stand on one another
public record ChebNet(
        @Option(def = "32", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "degree of the polynomials, hops per layer", unit = "hops", min = 1, max = 64)
        int degree,

        Stack stack)
        implements NodeModel {
    public ChebNet {
        Options.check(ChebNet.class, hidden, degree, stack);
    }

    @Override
    public int layers() {
        return degree * stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(
                c, c.features(in), hidden, Function.RELU, (at, h) -> filtered(c, in, at.index() * degree, at, h));
    }

    /// @param from number of the layer's first hop
    private Tensor filtered(Context c, NodeBatch in, int from, Stack.Place at, Tensor h) {
        int targets = in.layer(from + degree - 1).targets();
        Tensor before = h;
        Tensor term = in.layer(from).normalisedWithoutLoops(h).scale(-1);
        Tensor sum = mapped(c, at, 0, h, targets).plus(mapped(c, at, 1, term, targets));
        for (int k = 2; k <= degree; k++) {
            Tensor next = in.layer(from + k - 1).normalisedWithoutLoops(term).scale(-2);
            next = next.minus(before.firstRows(next.rows()));
            before = term;
            term = next;
            sum = sum.plus(mapped(c, at, k, term, targets));
        }
        return sum;
    }

    private static Tensor mapped(Context c, Stack.Place at, int k, Tensor term, int targets) {
        return c.product(at.name() + ".term" + k, term.firstRows(targets), at.width());
    }
}
