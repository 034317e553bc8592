package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.SparseKernels;

/// Sparse products as plain loops: the specification.
public class PlainSparse implements SparseKernels {
    @Override
    public void sum(
            Csr pattern, Matrix weights, boolean mean, Matrix x, Matrix out, boolean accumulate, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            for (int c = 0; c < cols; c++) {
                float sum = 0;
                for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                    sum += weight(pattern, weights, e) * x.at((long) sources[e] * cols + c);
                }
                if (mean) sum *= meanScale(offsets[i + 1] - offsets[i]);
                long o = (long) i * cols + c;
                out.put(o, accumulate ? out.at(o) + sum : sum);
            }
        }
    }

    protected static float weight(Csr pattern, Matrix weights, int e) {
        return weights == null ? 1 : weights.at(pattern.entry(e));
    }

    protected static float meanScale(int degree) {
        return 1f / Math.max(degree, 1);
    }

    @Override
    public void max(Csr pattern, Matrix x, Matrix out, Matrix chosen, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            for (int c = 0; c < cols; c++) {
                int best = -1;
                float largest = 0;
                for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                    float value = x.at((long) sources[e] * cols + c);
                    if (best < 0 || value > largest) {
                        best = e;
                        largest = value;
                    }
                }
                out.put((long) i * cols + c, largest);
                chosen.put((long) i * cols + c, Float.intBitsToFloat(best < 0 ? -1 : pattern.entry(best)));
            }
        }
    }

    @Override
    public void maxGradient(Csr transpose, Matrix chosen, Matrix dy, Matrix dx, int from, int to) {
        int[] offsets = transpose.offsets();
        int[] targets = transpose.indices();
        int cols = dx.cols();
        for (int j = from; j < to; j++) {
            for (int k = offsets[j]; k < offsets[j + 1]; k++) {
                int entry = transpose.entry(k);
                long target = (long) targets[k] * cols;
                for (int c = 0; c < cols; c++) {
                    if (Float.floatToRawIntBits(chosen.at(target + c)) == entry) {
                        dx.add((long) j * cols + c, dy.at(target + c));
                    }
                }
            }
        }
    }

    @Override
    public void addEntryDots(Csr pattern, Matrix left, Matrix right, Matrix out, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int cols = left.cols();
        for (int i = from; i < to; i++) {
            for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                float dot = 0;
                for (int c = 0; c < cols; c++) {
                    dot += left.at((long) i * cols + c) * right.at((long) sources[e] * cols + c);
                }
                out.add(pattern.entry(e), dot);
            }
        }
    }
}
