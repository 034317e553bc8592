package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.SparseKernels;

/// Sparse products as plain loops: the specification.
public class PlainSparse implements SparseKernels {
    /// The mark of no entry: not a number, and so equal to no mark.
    protected static final float NONE = Float.NaN;

    /// An entry as a float that equals no other entry's: its bits, counted from the smallest normal number, since a
    /// library in the same process may have switched the processor to take anything smaller for zero.
    protected static float mark(int entry) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(Float.MIN_NORMAL) + entry);
    }

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
        maxOfColumns(pattern, x, 0, out, chosen, from, to);
    }

    /// The maximum in the columns from `firstCol` on.
    protected static void maxOfColumns(
            Csr pattern, Matrix x, int firstCol, Matrix out, Matrix chosen, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            for (int c = firstCol; c < cols; c++) {
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
                chosen.put((long) i * cols + c, best < 0 ? NONE : mark(pattern.entry(best)));
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
                float mark = mark(transpose.entry(k));
                long target = (long) targets[k] * cols;
                for (int c = 0; c < cols; c++) {
                    if (chosen.at(target + c) == mark) dx.add((long) j * cols + c, dy.at(target + c));
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
