package dev.hypha.learn.sheaf;

import dev.hypha.learn.Context;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.Tensor;

/// The normalised sheaf Laplacian, applied to the stalks of nodes. Bodnar et al., "Neural sheaf diffusion", NeurIPS
/// 2022, definition 4 and section 3.1.
///
///     (L x)_i  = sum over edges e of i of F_i^T (F_i x_i - F_j x_j)
///     Delta    = S L S,  S = (D + I)^-1/2,  D the blocks of L on the diagonal
///
/// As S D S = I - S^2, with z = S x it is `Delta x = x - S (z + sum over e of F_i^T F_j z_j)`: what is summed are
/// messages, each turned by its edge's block `F_i^T F_j`.
///
/// A node's stalk of dimension d, in each of f channels, is a row of d x f columns: channel k of dimension a stands in
/// column a f + k. Blocks are d x d matrices, row after row. Answers have a row per target of the edges.
public final class SheafLaplacian {
    private SheafLaplacian() {}

    /// With diagonal maps.
    ///
    /// @param ofTargets the diagonal of each entry's map at its target, shape [entries, d]
    /// @param ofSources the same at its source
    /// @param x shape [sources, d f]
    public static Tensor diagonal(Context c, SheafEdges edges, Tensor ofTargets, Tensor ofSources, Tensor x) {
        Tensor degrees = edges.perNode(ofTargets.multiply(ofTargets), ofSources.multiply(ofSources));
        Tensor roots = inverseRoots(degrees).times(widening(c, ofTargets.cols(), x.cols()));
        Tensor z = roots.multiply(x);
        Tensor sum = sum(edges, ofTargets.multiply(ofSources), z);
        int targets = edges.targets();
        return x.firstRows(targets)
                .minus(roots.firstRows(targets).multiply(z.firstRows(targets).plus(sum)));
    }

    /// With orthogonal maps, where D is a multiple of I.
    ///
    /// @param stalk d
    /// @param blocks the block of each entry, shape [entries, d x d]
    /// @param weights by which an entry's maps are multiplied at both ends, shape [entries, 1]; null for ones
    /// @param x shape [sources, d f]
    public static Tensor connection(Context c, SheafEdges edges, int stalk, Tensor blocks, Tensor weights, Tensor x) {
        Tensor squares = weights == null ? null : weights.multiply(weights);
        Tensor roots = weights == null ? roots(c, edges) : inverseRoots(edges.perNode(squares, squares));
        Tensor scaled = weights == null ? blocks : blocks.scaleRows(squares);
        Tensor z = x.scaleRows(roots);
        return rest(edges, x, roots, z, turned(c, edges, stalk, scaled, z));
    }

    /// With any maps.
    ///
    /// @param stalk d
    /// @param ofTargets each entry's map at its target, shape [entries, d x d]
    /// @param ofSources the same at its source
    /// @param x shape [sources, d f]
    public static Tensor general(Context c, SheafEdges edges, int stalk, Tensor ofTargets, Tensor ofSources, Tensor x) {
        Tensor degrees = edges.perNode(
                BlockProduct.transposed(stalk, ofTargets, ofTargets),
                BlockProduct.transposed(stalk, ofSources, ofSources));
        Tensor roots = InverseRoot.of(stalk, degrees);
        Tensor z = BlockProduct.of(stalk, roots, x);
        Tensor sum = turned(c, edges, stalk, BlockProduct.transposed(stalk, ofTargets, ofSources), z);
        int targets = edges.targets();
        Tensor inner = z.firstRows(targets).plus(sum);
        return x.firstRows(targets).minus(BlockProduct.of(stalk, roots.firstRows(targets), inner));
    }

    /// With maps 1 and sign, nothing learned: for sign 1 the graph's own Laplacian, of I + A, which lets pass
    /// what neighbors have in common; for sign -1 what they have not.
    ///
    /// @param x shape [sources, f]
    public static Tensor fixed(Context c, SheafEdges edges, int sign, Tensor x) {
        Tensor roots = roots(c, edges);
        Tensor z = x.scaleRows(roots);
        return rest(
                edges, x, roots, z, z.spmm(edges.pattern(), edges.perTarget()).scale(sign));
    }

    /// x - S (z + sum) for the targets, where S is a number per node.
    private static Tensor rest(SheafEdges edges, Tensor x, Tensor roots, Tensor z, Tensor sum) {
        int targets = edges.targets();
        return x.firstRows(targets).minus(z.firstRows(targets).plus(sum).scaleRows(roots.firstRows(targets)));
    }

    private static Tensor roots(Context c, SheafEdges edges) {
        return c.constant(edges.pattern().cols(), v -> 1 / Math.sqrt(edges.degree(v) + 1.0));
    }

    /// (x + 1)^-1/2 of numbers that are not negative.
    private static Tensor inverseRoots(Tensor x) {
        return x.addScalar(1).log().scale(-0.5f).exp();
    }

    /// The sum over entries of the sources' rows, each part of the columns times its column of the weights.
    private static Tensor sum(SheafEdges edges, Tensor weights, Tensor z) {
        Scaling scaling = edges.perTarget();
        return z.tape().apply(new Op.WeightedSum(edges.pattern(), scaling, weights, z));
    }

    /// The sum over entries of the sources' rows, each turned by the entry's block. Turn s of d adds to every dimension
    /// a what dimension a + s of the sources says, so that each turn is one sum with a weight per dimension.
    private static Tensor turned(Context c, SheafEdges edges, int stalk, Tensor blocks, Tensor z) {
        Tensor byTurn = blocks.times(c.constant(stalk * stalk, stalk * stalk, byTurn(stalk)));
        int width = z.cols() / stalk;
        Tensor sum = null;
        for (int s = 0; s < stalk; s++) {
            Tensor weights = byTurn.sliceColumns(s * stalk, (s + 1) * stalk);
            Tensor rotated = s == 0 ? z : z.sliceColumns(s * width, z.cols()).concat(z.sliceColumns(0, s * width));
            Tensor part = sum(edges, weights, rotated);
            sum = sum == null ? part : sum.plus(part);
        }
        return sum;
    }

    /// The permutation that puts element (a, a + s) of a block at s d + a.
    private static float[] byTurn(int stalk) {
        int size = stalk * stalk;
        float[] permutation = new float[size * size];
        for (int s = 0; s < stalk; s++) {
            for (int a = 0; a < stalk; a++) {
                permutation[(a * stalk + (a + s) % stalk) * size + s * stalk + a] = 1;
            }
        }
        return permutation;
    }

    /// What turns a number per dimension into one per column: shape [stalk, cols].
    static Tensor widening(Context c, int stalk, int cols) {
        float[] ones = new float[stalk * cols];
        for (int col = 0; col < cols; col++) ones[col / (cols / stalk) * cols + col] = 1;
        return c.constant(stalk, cols, ones);
    }
}
