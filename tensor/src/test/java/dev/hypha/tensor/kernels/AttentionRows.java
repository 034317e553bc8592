package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;

/// The rows of [KernelContractTest] that are about attention.
final class AttentionRows {
    private AttentionRows() {}

    /// Attention forward, and each of its gradients on the statistics of a plain forward.
    static List<KernelRow> of(int n, int c, Attention attention) {
        int heads = attention.heads();
        boolean gat = attention.form() == Attention.Form.GAT;
        int cols = gat ? heads : c;
        String name =
                "%s, %d heads of %d, dropout %s".formatted(attention.form(), heads, c / heads, attention.dropout());
        PlainAttention plain = new PlainAttention();
        List<KernelRow> rows = new ArrayList<>();
        rows.add(new KernelRow(name, n, c, (k, r, from, to) -> {
            Attention.Operands in = operands(r, attention, n, cols, c);
            List<Matrix> out = List.of(r.normal(n, c), r.normal(n, 4 * heads), r.normal(n, c));
            k.attention().forward(in, out.get(0), out.get(1), gat ? out.get(2) : null, from, to);
            return out;
        }));
        rows.add(new KernelRow(name + ", gradient of targets", n, c, (k, r, from, to) -> {
            Attention.Operands in = operands(r, attention, n, cols, c);
            Matrix stats = r.normal(n, 4 * heads);
            Matrix out = r.normal(n, c);
            Matrix above = r.normal(n, c);
            Matrix dy = r.normal(n, c);
            plain.forward(in, out, stats, gat ? above : null, 0, n);
            plain.outputDots(in, out, dy, stats, 0, n);
            List<Matrix> gradients = List.of(r.normal(n, cols), r.normal(3, cols));
            boolean v2 = attention.form() == Attention.Form.GATV2;
            k.attention()
                    .targetGradient(in, stats, above, dy, gradients.get(0), v2 ? gradients.get(1) : null, 1, from, to);
            return gradients;
        }));
        rows.add(new KernelRow(name + ", gradient of sources", 50, 7 * c, (k, r, from, to) -> {
            Attention.Operands in = operands(r, attention, n, cols, c);
            Matrix stats = r.normal(n, 4 * heads);
            Matrix out = r.normal(n, c);
            Matrix above = r.normal(n, c);
            Matrix dy = r.normal(n, c);
            plain.forward(in, out, stats, gat ? above : null, 0, n);
            plain.outputDots(in, out, dy, stats, 0, n);
            List<Matrix> gradients = List.of(r.normal(50, cols), r.normal(50, c));
            k.attention().sourceGradient(in.transpose(), stats, dy, gradients.get(0), gradients.get(1), from, to);
            return gradients;
        }));
        return rows;
    }

    /// Scores of moderate size: where one weight is nearly 1, differences of scores show in their last
    /// digits.
    private static Attention.Operands operands(RandomMatrices r, Attention attention, int n, int cols, int c) {
        Matrix vector = attention.form() == Attention.Form.GATV2 ? r.normal(1, cols) : null;
        float size = 1 / (float) Math.sqrt((double) cols / attention.heads());
        Matrix left = r.normal(n, cols);
        for (int i = 0; i < left.size(); i++) left.put(i, size * left.at(i));
        Matrix right = r.normal(50, cols);
        for (int i = 0; i < right.size(); i++) right.put(i, size * right.at(i));
        return new Attention.Operands(r.pattern(n, 50), attention, left, right, vector, r.normal(50, c));
    }
}
