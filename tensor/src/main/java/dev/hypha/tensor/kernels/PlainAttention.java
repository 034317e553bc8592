package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.AttentionKernels;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;

/// Attention as plain loops, entry by entry and head by head: the specification.
public class PlainAttention implements AttentionKernels {
    @Override
    public void forward(Attention.Operands in, Matrix out, Matrix stats, Matrix above, int from, int to) {
        Csr pattern = in.pattern();
        int heads = in.attention().heads();
        for (int i = from; i < to; i++) {
            for (int h = 0; h < heads; h++) {
                int start = pattern.offsets()[i];
                int end = pattern.offsets()[i + 1];
                float largest = start == end ? 0 : Float.NEGATIVE_INFINITY;
                for (int e = start; e < end; e++) {
                    largest = Math.max(largest, score(in, i, pattern.indices()[e], h));
                }
                double total = start == end ? 1 : 0;
                for (int e = start; e < end; e++) {
                    total += Math.exp(score(in, i, pattern.indices()[e], h) - largest);
                }
                stats.set(i, h, (float) (largest + Math.log(total)));
                sum(in, stats, i, h, false, out);
                if (above != null) sum(in, stats, i, h, true, above);
            }
        }
    }

    /// The weighted sum of a target's values for one head.
    ///
    /// @param positive whether only entries with a score above 0 count; the sum of their weights goes to the
    ///     statistics
    private static void sum(Attention.Operands in, Matrix stats, int i, int h, boolean positive, Matrix out) {
        Csr pattern = in.pattern();
        int heads = in.attention().heads();
        int width = in.values().cols() / heads;
        float total = 0;
        for (int c = h * width; c < (h + 1) * width; c++) out.set(i, c, 0);
        for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
            int j = pattern.indices()[e];
            if (positive && score(in, i, j, h) <= 0) continue;
            float w = weight(in, stats, i, j, h);
            total += w;
            for (int c = h * width; c < (h + 1) * width; c++) {
                out.set(i, c, out.get(i, c) + w * kept(in, e, h) * in.values().get(j, c));
            }
        }
        if (positive) stats.set(i, 3 * heads + h, total);
    }

    private static float leaky(float x, float slope) {
        return x > 0 ? x : slope * x;
    }

    private static float leakySlope(float x, float slope) {
        return x > 0 ? 1 : slope;
    }

    private static float score(Attention.Operands in, int i, int j, int h) {
        Attention a = in.attention();
        int cols = in.left().cols() / a.heads();
        float score = 0;
        for (int c = h * cols; c < (h + 1) * cols; c++) {
            float l = in.left().get(i, c);
            float r = in.right().get(j, c);
            score += switch (a.form()) {
                case GAT -> leaky(l + r, a.parameter());
                case GATV2 -> in.vector().at(c) * leaky(l + r, a.parameter());
                case DOT -> a.parameter() * l * r;
            };
        }
        return score;
    }

    /// The softmax weight, before dropout.
    private static float weight(Attention.Operands in, Matrix stats, int i, int j, int h) {
        return (float) Math.exp(score(in, i, j, h) - stats.get(i, h));
    }

    private static float kept(Attention.Operands in, int k, int h) {
        Attention a = in.attention();
        if (a.dropout() == 0) return 1;
        // More than 2^32 of them repeat the draws: far apart, which is as good as drawing anew.
        return new Dropout(a.dropout(), a.key()).factor(in.pattern().entry(k) * a.heads() + h);
    }

    @Override
    public void outputDots(Attention.Operands in, Matrix out, Matrix dy, Matrix stats, int from, int to) {
        int heads = in.attention().heads();
        int width = out.cols() / heads;
        for (int i = from; i < to; i++) {
            for (int h = 0; h < heads; h++) {
                float dot = 0;
                for (int c = h * width; c < (h + 1) * width; c++) dot += out.get(i, c) * dy.get(i, c);
                stats.set(i, heads + h, dot);
                if (in.attention().form() == Attention.Form.GAT) {
                    stats.set(i, 2 * heads + h, in.left().get(i, h));
                }
            }
        }
    }

    /// The derivative by the score of entry k: weight (kept dy_i . v_j - the output's dot).
    private static float scoreGradient(Attention.Operands in, Matrix stats, Matrix dy, int k, int i, int j, int h) {
        int heads = in.attention().heads();
        int width = dy.cols() / heads;
        float dot = 0;
        for (int c = h * width; c < (h + 1) * width; c++)
            dot += dy.get(i, c) * in.values().get(j, c);
        return weight(in, stats, i, j, h) * (kept(in, k, h) * dot - stats.get(i, heads + h));
    }

    /// What the derivative by the score is multiplied by for column c of one side.
    ///
    /// @param other the column's number on the other side
    private static float factor(Attention.Operands in, int c, float own, float other) {
        Attention a = in.attention();
        return switch (a.form()) {
            case GAT -> leakySlope(own + other, a.parameter());
            case GATV2 -> in.vector().at(c) * leakySlope(own + other, a.parameter());
            case DOT -> a.parameter() * other;
        };
    }

    @Override
    public void targetGradient(
            Attention.Operands in,
            Matrix stats,
            Matrix above,
            Matrix dy,
            Matrix dLeft,
            Matrix dVectors,
            int piece,
            int from,
            int to) {
        Csr pattern = in.pattern();
        int heads = in.attention().heads();
        int cols = in.left().cols() / heads;
        for (int i = from; i < to; i++) {
            for (int k = pattern.offsets()[i]; k < pattern.offsets()[i + 1]; k++) {
                int j = pattern.indices()[k];
                for (int h = 0; h < heads; h++) {
                    float d = scoreGradient(in, stats, dy, k, i, j, h);
                    for (int c = h * cols; c < (h + 1) * cols; c++) {
                        float l = in.left().get(i, c);
                        float r = in.right().get(j, c);
                        if (dLeft != null) dLeft.set(i, c, dLeft.get(i, c) + d * factor(in, c, l, r));
                        if (dVectors == null) continue;
                        float slope = in.attention().parameter();
                        dVectors.set(piece, c, dVectors.get(piece, c) + d * leaky(l + r, slope));
                    }
                }
            }
        }
    }

    @Override
    public void sourceGradient(
            Attention.Operands in, Matrix stats, Matrix dy, Matrix dRight, Matrix dValues, int from, int to) {
        Csr transpose = in.pattern();
        int heads = in.attention().heads();
        int cols = in.right().cols() / heads;
        int width = dy.cols() / heads;
        for (int j = from; j < to; j++) {
            for (int k = transpose.offsets()[j]; k < transpose.offsets()[j + 1]; k++) {
                int i = transpose.indices()[k];
                for (int h = 0; h < heads; h++) {
                    float d = scoreGradient(in, stats, dy, k, i, j, h);
                    for (int c = h * cols; dRight != null && c < (h + 1) * cols; c++) {
                        float f = factor(in, c, in.right().get(j, c), in.left().get(i, c));
                        dRight.set(j, c, dRight.get(j, c) + d * f);
                    }
                    float w = weight(in, stats, i, j, h) * kept(in, k, h);
                    for (int c = h * width; dValues != null && c < (h + 1) * width; c++) {
                        dValues.set(j, c, dValues.get(j, c) + w * dy.get(i, c));
                    }
                }
            }
        }
    }
}
