package dev.hypha.tensor.kernels;

import dev.hypha.tensor.ElementKernels;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Matrix;

/// Element-wise loops: the specification, and all there is where a vector would gain nothing.
public class PlainElements implements ElementKernels {
    @Override
    public void add(Matrix a, Matrix b, float weight, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, a.at(i) + weight * b.at(i));
    }

    @Override
    public void accumulate(Matrix x, float weight, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, out.at(i) + weight * x.at(i));
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, a.at(i) * b.at(i));
    }

    @Override
    public void accumulateProduct(Matrix a, Matrix b, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, out.at(i) + a.at(i) * b.at(i));
    }

    @Override
    public void affine(Matrix x, float scale, float shift, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, scale * x.at(i) + shift);
    }

    @Override
    public void map(Function f, float slope, Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i++) y.put(i, value(f, slope, x.at(i)));
    }

    @Override
    public void mapGradient(
            Function f, float slope, Matrix x, Matrix y, Matrix dy, Matrix dx, boolean accumulate, int from, int to) {
        for (int i = from; i < to; i++) {
            float d = dy.at(i) * derivative(f, slope, x.at(i), y.at(i));
            dx.put(i, accumulate ? dx.at(i) + d : d);
        }
    }

    static float value(Function f, float slope, float x) {
        return switch (f) {
            case RELU -> Math.max(x, 0);
            case LEAKY_RELU -> x > 0 ? x : slope * x;
            case ELU -> x > 0 ? x : (float) (slope * Math.expm1(x));
            case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
            case TANH -> (float) Math.tanh(x);
            case EXP -> (float) Math.exp(x);
            case LOG -> (float) Math.log(x);
        };
    }

    static float derivative(Function f, float slope, float x, float y) {
        return switch (f) {
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY_RELU -> x > 0 ? 1 : slope;
            case ELU -> x > 0 ? 1 : y + slope;
            case SIGMOID -> y * (1 - y);
            case TANH -> 1 - y * y;
            case EXP -> y;
            case LOG -> 1 / x;
        };
    }

    @Override
    public void biasActivation(
            Function f, float slope, Matrix x, Matrix row, float p, long key, Matrix y, int from, int to) {
        Dropout drop = new Dropout(p, key);
        int cols = x.cols();
        for (int i = from * cols; i < to * cols; i++) {
            y.put(i, drop.factor(i) * value(f, slope, x.at(i) + row.at(i % cols)));
        }
    }

    @Override
    public void activationGradient(Function f, float slope, float p, long key, Matrix y, Matrix dy, int from, int to) {
        Dropout drop = new Dropout(p, key);
        for (int i = from; i < to; i++) {
            float factor = drop.factor(i);
            float undropped = factor == 0 ? 0 : y.at(i) / factor;
            // Above 0 just where the operand is, for the functions that come here.
            dy.put(i, dy.at(i) * factor * derivative(f, slope, undropped, undropped));
        }
    }

    @Override
    public void dropout(Matrix x, float p, long key, Matrix out, boolean accumulate, int from, int to) {
        Dropout drop = new Dropout(p, key);
        for (int i = from; i < to; i++) {
            float value = drop.factor(i) * x.at(i);
            out.put(i, accumulate ? out.at(i) + value : value);
        }
    }

    @Override
    public double sum(Matrix x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += x.at(i);
        return sum;
    }

    @Override
    public double sumOfSquares(Matrix x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += (double) x.at(i) * x.at(i);
        return sum;
    }

    @Override
    public void shift(Matrix out, float value, int from, int to) {
        for (int i = from; i < to; i++) out.put(i, out.at(i) + value);
    }
}
