package dev.hypha.learn.zoo;

import dev.hypha.graph.EdgeType;
import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.learn.NodeRows;
import dev.hypha.learn.RowBatch;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.Matrix;
import java.util.Arrays;

/// The equations of [HeteroSage] read one node at a time, in float64, by recursion from the seeds: no batches, no
/// matrices, no sharing of rows. Without dropout, with sums, residuals and no features of the seeds.
final class SlowHeteroSage {
    private final Weights weights;
    private final RowBatch in;
    private final Subgraph graph;
    private final int layers;

    SlowHeteroSage(Weights weights, RowBatch in, int layers) {
        this.weights = weights;
        this.in = in;
        this.graph = in.subgraph();
        this.layers = layers;
    }

    double logit(int seed) {
        double[] hidden = linear("head.hidden", x(layers, graph.seedType(), seed), true);
        return linear("head.out", relu(norm("head.norm", hidden)), true)[0];
    }

    private double[] x(int l, int type, int i) {
        if (l == 0) return encode(type, i);
        String name = "layer" + l + "." + name(type);
        double[] self = x(l - 1, type, i);
        double[] sum = linear(name, self, true);
        for (int e = 0; e < graph.edgeTypes().size(); e++) {
            EdgeType edge = graph.edgeTypes().get(e);
            if (edge.target() != type) continue;
            double[] messages = new double[self.length];
            for (int k = graph.offsets(e)[i]; k < graph.offsets(e)[i + 1]; k++) {
                messages = plus(messages, x(l - 1, edge.source(), graph.sources(e)[k]));
            }
            sum = plus(sum, linear("layer" + l + "." + edge.name() + ".sum", messages, false));
        }
        return plus(relu(norm(name + ".norm", sum)), self);
    }

    private double[] encode(int type, int i) {
        NodeRows rows = in.rows(type);
        String name = "encode." + name(type);
        int p = rows.positions()[i];
        double[] z = linear(name + ".dense", slice(rows.dense(), p, rows.denseWidth()), true);
        for (int c = 0; c < rows.codeColumns(); c++) z = plus(z, row(name + ".codes" + c + ".table", rows.codes(c)[p]));
        double[] x = plus(z, linear(name + ".block", relu(norm(name + ".norm", z)), true));
        if (rows.ageWidth() == 0) return x;
        return plus(x, linear(name + ".time", slice(rows.ages(), i, rows.ageWidth()), false));
    }

    private String name(int type) {
        return graph.nodeTypes().get(type).name();
    }

    private double[] linear(String name, double[] x, boolean bias) {
        Matrix w = weights.parameters().get(name + ".weight").value();
        double[] out = bias ? row(name + ".bias", 0) : new double[w.cols()];
        for (int k = 0; k < x.length; k++) for (int c = 0; c < out.length; c++) out[c] += x[k] * w.get(k, c);
        return out;
    }

    private double[] norm(String name, double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] gamma = row(name + ".gamma", 0);
        double[] out = row(name + ".beta", 0);
        for (int c = 0; c < x.length; c++) out[c] += gamma[c] * (x[c] - mean) / Math.sqrt(variance + 1e-5);
        return out;
    }

    private double[] row(String name, int row) {
        Matrix m = weights.parameters().get(name).value();
        double[] out = new double[m.cols()];
        for (int c = 0; c < out.length; c++) out[c] = m.get(row, c);
        return out;
    }

    private static double[] slice(float[] values, int row, int width) {
        double[] out = new double[width];
        for (int c = 0; c < width; c++) out[c] = values[row * width + c];
        return out;
    }

    private static double[] relu(double[] x) {
        return Arrays.stream(x).map(v -> Math.max(0, v)).toArray();
    }

    private static double[] plus(double[] a, double[] b) {
        double[] out = a.clone();
        for (int c = 0; c < out.length; c++) out[c] += b[c];
        return out;
    }
}
