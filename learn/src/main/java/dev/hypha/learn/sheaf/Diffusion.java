package dev.hypha.learn.sheaf;

import dev.hypha.learn.Context;
import dev.hypha.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/// One step of sheaf diffusion on stalks of dimension d in f channels. Bodnar et al., "Neural sheaf diffusion", NeurIPS
/// 2022, equation 5 with the learned coefficient of its appendix:
///
///     X' = (1 + tanh(eps)) X - elu(Delta (I x W_1) drop(X) W_2)
///
/// W_1 of shape [d, d] mixes the dimensions of a stalk, W_2 of shape [f, f] the channels, and eps is a number
/// per dimension. W_1 and W_2 start as the identity, eps as 0; the authors' code starts W_2 as some orthogonal
/// matrix, and one that is neither longer nor shorter in any direction is what helps: with other beginnings a step is
/// a large one at first.
///
/// @param c the pass
/// @param stalk d
/// @param channels f
public record Diffusion(Context c, int stalk, int channels, double dropout) {
    /// A sheaf Laplacian.
    @FunctionalInterface
    public interface Laplacian {
        /// @param x a row of d f columns per source
        /// @return a row per target
        Tensor times(Tensor x);
    }

    /// @param x a row of d f columns per source
    /// @return a row per target
    public Tensor step(String name, Laplacian laplacian, Tensor x) {
        Tensor change =
                laplacian.times(c.dropout(x, dropout).times(mixing(name))).elu(1);
        Tensor own = x.firstRows(change.rows());
        Tensor factors = c.offsets(name + ".own", 1, stalk)
                .tanh()
                .addScalar(1)
                .times(SheafLaplacian.widening(c, stalk, stalk * channels));
        return ones(own.rows()).times(factors).multiply(own).minus(change);
    }

    /// W_1 and W_2 in one, shape [d f, d f]: element (a f + k, b f + l) is W_1[b, a] W_2[k, l], so that a whole row of
    /// stalks is mapped by one product.
    private Tensor mixing(String name) {
        int cols = stalk * channels;
        Tensor dimension = spread(stalk, row -> row / channels);
        Tensor channel = spread(channels, row -> row % channels);
        Tensor across = SheafLaplacian.widening(c, stalk, cols);
        Tensor left = dimension.plus(dimension.times(c.offsets(name + ".stalk", stalk, stalk)));
        Tensor right = channel.plus(channel.times(c.offsets(name + ".channels", channels, channels)));
        return left.times(across).multiply(right.times(repeating(cols)));
    }

    /// A row per column of stalks, with a 1 where it belongs.
    private Tensor spread(int width, IntUnaryOperator place) {
        int rows = stalk * channels;
        float[] ones = new float[rows * width];
        for (int row = 0; row < rows; row++) ones[row * width + place.applyAsInt(row)] = 1;
        return c.constant(rows, width, ones);
    }

    /// What repeats the channels for each dimension: shape [f, d f].
    private Tensor repeating(int cols) {
        float[] ones = new float[channels * cols];
        for (int col = 0; col < cols; col++) ones[col % channels * cols + col] = 1;
        return c.constant(channels, cols, ones);
    }

    private Tensor ones(int rows) {
        return c.constant(rows, _ -> 1);
    }
}
