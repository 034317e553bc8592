package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
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
            Csr pattern, Matrix weights, Scaling scaling, Matrix x, Matrix out, boolean accumulate, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int cols = x.cols();
        int heads = weights == null ? 1 : weights.cols();
        int perHead = cols / heads;
        for (int i = from; i < to; i++) {
            for (int c = 0; c < cols; c++) {
                float sum = 0;
                for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                    float w = weights == null ? 1 : weights.at((long) pattern.entry(e) * heads + c / perHead);
                    sum += w * scaling.source(sources[e]) * x.at((long) sources[e] * cols + c);
                }
                long o = (long) i * cols + c;
                out.put(o, accumulate ? out.at(o) + scaling.target(i) * sum : scaling.target(i) * sum);
            }
        }
    }

    @Override
    public void extreme(
            Csr pattern, Matrix weights, boolean least, Matrix x, Matrix out, Matrix chosen, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            for (int c = 0; c < cols; c++) {
                int best = -1;
                float found = 0;
                for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                    float value = weight(weights, pattern, e, c, cols) * x.at((long) sources[e] * cols + c);
                    if (best < 0 || (least ? value < found : value > found)) {
                        best = e;
                        found = value;
                    }
                }
                out.put((long) i * cols + c, found);
                chosen.put((long) i * cols + c, best < 0 ? NONE : mark(pattern.entry(best)));
            }
        }
    }

    private static float weight(Matrix weights, Csr pattern, int e, int c, int cols) {
        if (weights == null) return 1;
        int heads = weights.cols();
        return weights.at((long) pattern.entry(e) * heads + c / (cols / heads));
    }

    @Override
    public void extremeGradient(Csr transpose, Matrix weights, Matrix chosen, Matrix dy, Matrix dx, int from, int to) {
        int[] offsets = transpose.offsets();
        int[] targets = transpose.indices();
        int cols = dx.cols();
        for (int j = from; j < to; j++) {
            for (int k = offsets[j]; k < offsets[j + 1]; k++) {
                float mark = mark(transpose.entry(k));
                long target = (long) targets[k] * cols;
                for (int c = 0; c < cols; c++) {
                    if (chosen.at(target + c) != mark) continue;
                    dx.add((long) j * cols + c, weight(weights, transpose, k, c, cols) * dy.at(target + c));
                }
            }
        }
    }

    @Override
    public void extremeWeightGradient(Csr pattern, Matrix chosen, Matrix dy, Matrix x, Matrix dw, int from, int to) {
        int cols = x.cols();
        int heads = dw.cols();
        int perHead = cols / heads;
        for (int i = from; i < to; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                int entry = pattern.entry(e);
                float mark = mark(entry);
                long source = (long) pattern.indices()[e] * cols;
                long target = (long) i * cols;
                for (int c = 0; c < cols; c++) {
                    if (chosen.at(target + c) != mark) continue;
                    dw.add((long) entry * heads + c / perHead, dy.at(target + c) * x.at(source + c));
                }
            }
        }
    }

    @Override
    public void addEntryDots(Csr pattern, Scaling scaling, Matrix left, Matrix right, Matrix out, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int cols = left.cols();
        int heads = out.cols();
        int perHead = cols / heads;
        for (int i = from; i < to; i++) {
            for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                float scale = scaling.target(i) * scaling.source(sources[e]);
                for (int h = 0; h < heads; h++) {
                    float dot = 0;
                    for (int c = h * perHead; c < (h + 1) * perHead; c++) {
                        dot += left.at((long) i * cols + c) * right.at((long) sources[e] * cols + c);
                    }
                    out.add((long) pattern.entry(e) * heads + h, scale * dot);
                }
            }
        }
    }

    @Override
    public void entrySums(Csr pattern, Matrix left, Matrix right, Matrix out, int from, int to) {
        int cols = out.cols();
        for (int i = from; i < to; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                int j = pattern.indices()[e];
                for (int c = 0; c < cols; c++) out.set(pattern.entry(e), c, left.get(i, c) + right.get(j, c));
            }
        }
    }

    @Override
    public void addEntries(Csr pattern, Matrix x, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int c = 0; c < out.cols(); c++) {
                float sum = 0;
                for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) sum += x.get(pattern.entry(e), c);
                out.set(i, c, out.get(i, c) + sum);
            }
        }
    }

    @Override
    public void softmax(Csr pattern, Matrix scores, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) {
            int start = pattern.offsets()[i];
            int end = pattern.offsets()[i + 1];
            for (int c = 0; c < scores.cols(); c++) {
                float largest = Float.NEGATIVE_INFINITY;
                for (int e = start; e < end; e++) largest = Math.max(largest, scores.get(e, c));
                float total = 0;
                for (int e = start; e < end; e++) {
                    float y = (float) Math.exp(scores.get(e, c) - largest);
                    out.set(e, c, y);
                    total += y;
                }
                for (int e = start; e < end; e++) out.set(e, c, out.get(e, c) * (1 / total));
            }
        }
    }

    @Override
    public void softmaxGradient(Csr pattern, Matrix out, Matrix dOut, Matrix dScores, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int c = 0; c < out.cols(); c++) {
                float dot = 0;
                for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                    dot += out.get(e, c) * dOut.get(e, c);
                }
                for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                    dScores.set(e, c, dScores.get(e, c) + out.get(e, c) * (dOut.get(e, c) - dot));
                }
            }
        }
    }
}
