package dev.hypha.tensor;

/// Normalisation over rows (layer) and over columns (batch). The variance is the mean squared deviation.
public interface NormKernels {
    /// out = gamma (x - mean) / sqrt(variance + epsilon) + beta with the mean and variance of each row.
    ///
    /// @param stats shape [rows, 2], receives mean and 1 / sqrt(variance + epsilon)
    void layer(Matrix x, Matrix gamma, Matrix beta, float epsilon, Matrix out, Matrix stats, int from, int to);

    /// Adds the gradient of [#layer] to dx.
    void layerGradient(Matrix x, Matrix gamma, Matrix stats, Matrix dy, Matrix dx, int from, int to);

    /// Adds the gradients of [#layer] to gamma's and beta's, shape [1, cols], for a range of columns.
    void layerParameterGradient(Matrix x, Matrix stats, Matrix dy, Matrix dGamma, Matrix dBeta, int fromCol, int toCol);

    /// Mean and variance of each column in a range.
    ///
    /// @param moments shape [2, cols], receives means and variances
    void moments(Matrix x, Matrix moments, int fromCol, int toCol);

    /// out = gamma (x - mean) / sqrt(variance + epsilon) + beta with a mean and variance per column.
    ///
    /// @param moments shape [2, cols]
    void batch(Matrix x, Matrix moments, Matrix gamma, Matrix beta, float epsilon, Matrix out, int from, int to);

    /// Adds the gradient of [#batch] for a range of columns. Each of the three gradients may be null: not wanted.
    ///
    /// @param constant whether the moments do not depend on x
    void batchGradient(
            Matrix x,
            Matrix moments,
            Matrix gamma,
            float epsilon,
            boolean constant,
            Matrix dy,
            Matrix dx,
            Matrix dGamma,
            Matrix dBeta,
            int fromCol,
            int toCol);
}
