package dev.hypha.tensor;

/// What is done to each element alone. Ranges are positions in row-major order. An output may be one of
/// the operands.
public interface ElementKernels {
    /// out = a + weight b.
    void add(Matrix a, Matrix b, float weight, Matrix out, int from, int to);

    /// Adds weight x to out.
    void accumulate(Matrix x, float weight, Matrix out, int from, int to);

    /// out = a b, element by element.
    void multiply(Matrix a, Matrix b, Matrix out, int from, int to);

    /// Adds a b, element by element, to out.
    void accumulateProduct(Matrix a, Matrix b, Matrix out, int from, int to);

    /// out = scale x + shift.
    void affine(Matrix x, float scale, float shift, Matrix out, int from, int to);

    /// y = f(x).
    ///
    /// @param slope of a leaky relu below 0
    void map(Function f, float slope, Matrix x, Matrix y, int from, int to);

    /// dx = f'(x) dy, or adds it to dx, where y = f(x).
    void mapGradient(
            Function f, float slope, Matrix x, Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int to);

    /// y = drop(f(x + row)), the same row, shape [1, cols], for each row; see [#dropout].
    ///
    /// @param from first row
    /// @param to exclusive
    void biasActivation(Function f, float slope, Matrix x, Matrix row, float p, long key, Matrix y, int from, int to);

    /// dy becomes the derivative by x where y = drop(f(x)), for an f whose result tells its derivative.
    void activationGradient(Function f, float slope, float p, long key, Matrix y, Matrix dy, int from, int to);

    /// Keeps each element with probability 1 - p, a function of key and position alone, and divides what is kept by
    /// that probability, to `out` or added to it. Probabilities are multiples of 2^-16.
    void dropout(Matrix x, float p, long key, Matrix out, boolean accumulate, int from, int to);

    /// The sum: of parts of some hundred elements in float32, of these in float64, always in the same order.
    double sum(Matrix x, int from, int to);

    /// The sum of squares, in float64 and in the order of the elements.
    double sumOfSquares(Matrix x, int from, int to);

    /// Adds `value` to each element.
    void shift(Matrix out, float value, int from, int to);
}
