package dev.hypha.learn.sheaf;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.RowCustom;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.ShapeException;
import dev.hypha.tensor.Tensor;
import java.util.List;

/// Row by row the product of two small matrices, `Y = A X` or `Y = A^T X`. A row of an input holds its matrix row
/// after row: A of shape [size, size], X and Y of shape [size, width].
///
/// @param size rows and columns of A
/// @param transposed whether A is transposed first
public record BlockProduct(int size, boolean transposed) implements RowCustom {
    /// A X, shapes [n, size x size] and [n, size x width].
    public static Tensor of(int size, Tensor a, Tensor x) {
        return a.tape().apply(new Op.Open(new BlockProduct(size, false), List.of(a, x)));
    }

    /// A^T X, shapes [n, size x size] and [n, size x width].
    public static Tensor transposed(int size, Tensor a, Tensor x) {
        return a.tape().apply(new Op.Open(new BlockProduct(size, true), List.of(a, x)));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape a = inputs.get(0);
        Shape x = inputs.get(1);
        if (a.rows() != x.rows() || a.cols() != size * size || x.cols() % size != 0) {
            throw new ShapeException("blockProduct", a, x);
        }
        return x;
    }

    @Override
    public long rowWork() {
        return (long) size * size * size;
    }

    @Override
    public void forward(List<Matrix> inputs, Matrix output, int from, int to) {
        Matrix a = inputs.get(0);
        Matrix x = inputs.get(1);
        int width = x.cols() / size;
        for (int r = from; r < to; r++) {
            long block = (long) r * size * size;
            long row = (long) r * x.cols();
            for (int i = 0; i < size; i++) {
                int target = i * width;
                for (int c = 0; c < width; c++) {
                    float sum = 0;
                    for (int k = 0, source = c; k < size; k++, source += width) {
                        sum += a.at(block + at(i, k)) * x.at(row + source);
                    }
                    output.put(row + target + c, sum);
                }
            }
        }
    }

    /// dX = A^T dY and dA = dY X^T, or where A is transposed dX = A dY and dA = X dY^T.
    @Override
    public void gradient(
            List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients, int from, int to) {
        Matrix a = inputs.get(0);
        Matrix x = inputs.get(1);
        Matrix da = inputGradients.get(0);
        Matrix dx = inputGradients.get(1);
        int width = x.cols() / size;
        for (int r = from; r < to; r++) {
            long block = (long) r * size * size;
            long row = (long) r * x.cols();
            for (int i = 0; i < size; i++) {
                int target = i * width;
                for (int k = 0; k < size; k++) {
                    int source = k * width;
                    long element = block + at(i, k);
                    if (da != null) da.add(element, dot(outputGradient, row + target, x, row + source, width));
                    if (dx != null) addRow(a.at(element), outputGradient, row + target, dx, row + source, width);
                }
            }
        }
    }

    /// Where element (i, k) of A, transposed if asked, stands.
    private int at(int i, int k) {
        return transposed ? k * size + i : i * size + k;
    }

    private static float dot(Matrix a, long atA, Matrix b, long atB, int width) {
        float sum = 0;
        for (int c = 0; c < width; c++) sum += a.at(atA + c) * b.at(atB + c);
        return sum;
    }

    private static void addRow(float factor, Matrix x, long atX, Matrix out, long atOut, int width) {
        for (int c = 0; c < width; c++) out.add(atOut + c, factor * x.at(atX + c));
    }
}
