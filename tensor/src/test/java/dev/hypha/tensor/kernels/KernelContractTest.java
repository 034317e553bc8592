package dev.hypha.tensor.kernels;

import static org.assertj.core.api.Assertions.fail;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Loss;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.UpdateKernels.AdamStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every provider gives what the plain loops give, at sizes around the width of a vector, within a
/// tolerance scaled to how many numbers go into a sum; also for a part of the output, which must leave the
/// rest alone.
class KernelContractTest {
    private static final int[] SIZES = {1, 7, 16, 33, 64, 100, 128, 207, 256, 702};

    private final Memory memory = Memory.unlimited();

    @AfterEach
    void free() {
        memory.close();
    }

    private static List<KernelRow> products() {
        List<KernelRow> rows = new ArrayList<>();
        int[][] shapes = {
            {1, 1, 1},
            {1, 33, 7},
            {7, 1, 16},
            {16, 7, 1},
            {7, 16, 33},
            {33, 100, 16},
            {100, 33, 100},
            {64, 702, 33},
            {207, 16, 100},
            {33, 207, 702},
            {5, 0, 3},
            {70, 1100, 40}
        };
        for (int[] s : shapes) {
            int m = s[0];
            int k = s[1];
            int n = s[2];
            for (int flags = 0; flags < 8; flags++) {
                boolean ta = (flags & 1) != 0;
                boolean tb = (flags & 2) != 0;
                boolean add = (flags & 4) != 0;
                String name =
                        "product %dx%dx%d%s%s%s".formatted(m, k, n, ta ? " a'" : "", tb ? " b'" : "", add ? " +" : "");
                rows.add(new KernelRow(name, m, k, (kernels, r, from, to) -> {
                    Matrix a = ta ? r.normal(k, m) : r.normal(m, k);
                    Matrix b = tb ? r.normal(n, k) : r.normal(k, n);
                    Matrix out = r.normal(m, n);
                    kernels.products().product(a, ta, b, tb, out, add, from, to);
                    return List.of(out);
                }));
            }
        }
        return rows;
    }

    private static List<KernelRow> elements(int n) {
        List<KernelRow> rows = new ArrayList<>();
        rows.add(new KernelRow("add", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().add(r.normal(1, n), r.normal(1, n), -0.7f, out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("accumulate", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().accumulate(r.normal(1, n), -0.7f, out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("multiply", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().multiply(r.normal(1, n), r.normal(1, n), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("accumulateProduct", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().accumulateProduct(r.normal(1, n), r.normal(1, n), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("affine in place", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().affine(out, 1.7f, -3, out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("add in place", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().add(out, r.normal(1, n), -0.7f, out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("multiply in place", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().multiply(out, r.normal(1, n), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("dropout in place", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().dropout(out, 0.4f, 77, out, false, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("shift", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(1, n);
            k.elements().shift(out, 0.3f, from, to);
            return List.of(out);
        }));
        for (boolean add : new boolean[] {false, true}) {
            rows.add(new KernelRow("dropout" + (add ? " +" : ""), n, 1, (k, r, from, to) -> {
                Matrix out = r.normal(1, n);
                k.elements().dropout(r.normal(1, n), 0.4f, 77, out, add, from, to);
                return List.of(out);
            }));
        }
        for (Function f : List.of(Function.RELU, Function.LEAKY_RELU, Function.ELU)) {
            for (float p : new float[] {0, 0.4f}) {
                rows.add(new KernelRow(f + " gradient by its result, dropout " + p, n, 1, (k, r, from, to) -> {
                    Matrix y = r.normal(1, n);
                    new PlainElements().biasActivation(f, 0.2f, r.normal(1, n), r.normal(1, n), p, 77, y, 0, 1);
                    Matrix dy = r.normal(1, n);
                    k.elements().activationGradient(f, 0.2f, p, 77, y, dy, from, to);
                    return List.of(dy);
                }));
            }
        }
        for (Function f : Function.values()) {
            rows.add(new KernelRow(f.toString(), n, 1, (k, r, from, to) -> {
                Matrix x = f == Function.LOG ? r.positive(1, n) : r.normal(1, n);
                Matrix y = r.normal(1, n);
                k.elements().map(f, 0.2f, x, y, from, to);
                return List.of(y);
            }));
            rows.add(new KernelRow(f + " in place", n, 1, (k, r, from, to) -> {
                Matrix x = f == Function.LOG ? r.positive(1, n) : r.normal(1, n);
                k.elements().map(f, 0.2f, x, x, from, to);
                return List.of(x);
            }));
            for (boolean add : new boolean[] {false, true}) {
                rows.add(new KernelRow(f + " gradient" + (add ? " +" : ""), n, 1, (k, r, from, to) -> {
                    Matrix x = f == Function.LOG ? r.positive(1, n) : r.normal(1, n);
                    Matrix dx = r.normal(1, n);
                    k.elements().mapGradient(f, 0.2f, x, r.normal(1, n), r.normal(1, n), dx, add, from, to);
                    return List.of(dx);
                }));
            }
        }
        rows.add(new KernelRow("sums", n, n, (k, r, from, to) -> {
            Matrix x = r.normal(1, n);
            Matrix sums = r.normal(1, 2);
            sums.put(0, (float) k.elements().sum(x, from, to));
            sums.put(1, (float) k.elements().sumOfSquares(x, from, to));
            return List.of(sums);
        }));
        AdamStep step = new AdamStep(0.01f, 0.9f, 0.999f, 1e-8f, 0.1f, 0.001f, 0.02f);
        rows.add(new KernelRow("adam", n, 1, (k, r, from, to) -> {
            List<Matrix> state = List.of(r.normal(1, n), r.normal(1, n), r.positive(1, n));
            k.updates().adam(state.get(0), r.normal(1, n), state.get(1), state.get(2), step, from, to);
            return state;
        }));
        rows.add(new KernelRow("momentum", n, 1, (k, r, from, to) -> {
            List<Matrix> state = List.of(r.normal(1, n), r.normal(1, n));
            k.updates().momentum(state.get(0), r.normal(1, n), state.get(1), 0.1f, 0.9f, from, to);
            return state;
        }));
        return rows;
    }

    private static List<KernelRow> rows(int n, int c) {
        List<KernelRow> rows = new ArrayList<>();
        rows.add(new KernelRow("addRow", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(n, c);
            k.rows().addRow(r.normal(n, c), r.normal(1, c), out, from, to);
            return List.of(out);
        }));
        for (Function f : List.of(Function.RELU, Function.LEAKY_RELU, Function.ELU)) {
            for (float p : new float[] {0, 0.4f}) {
                rows.add(new KernelRow(f + " after a bias, dropout " + p, n, 1, (k, r, from, to) -> {
                    Matrix y = r.normal(n, c);
                    k.elements().biasActivation(f, 0.2f, r.normal(n, c), r.normal(1, c), p, 77, y, from, to);
                    return List.of(y);
                }));
                rows.add(new KernelRow(f + " after a bias in place, dropout " + p, n, 1, (k, r, from, to) -> {
                    Matrix y = r.normal(n, c);
                    k.elements().biasActivation(f, 0.2f, y, r.normal(1, c), p, 77, y, from, to);
                    return List.of(y);
                }));
            }
        }
        rows.add(new KernelRow("scaleRows by an array", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(n, c);
            k.rows().scaleRows(r.normal(n, c), r.normal(n, 1).toArray(), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("addColumnSums", n, n, (k, r, from, to) -> {
            Matrix out = r.normal(2, c);
            k.rows().addColumnSums(r.normal(n, c), out, 1, from, to);
            return List.of(out);
        }));
        for (boolean add : new boolean[] {false, true}) {
            String plus = add ? " +" : "";
            rows.add(new KernelRow("scaleRows" + plus, n, 1, (k, r, from, to) -> {
                Matrix out = r.normal(n, c);
                k.rows().scaleRows(r.normal(n, c), r.normal(n, 1), out, add, from, to);
                return List.of(out);
            }));
            rows.add(new KernelRow("copyColumns" + plus, n, 1, (k, r, from, to) -> {
                Matrix out = r.normal(n, c + 3);
                k.rows().copyColumns(r.normal(n, c + 5), 4, out, 2, c, add, from, to);
                return List.of(out);
            }));
            for (int kind = 0; kind < 4; kind++) {
                boolean scaleSources = (kind & 1) != 0;
                boolean scaleTargets = (kind & 2) != 0;
                rows.add(new KernelRow("sparse sum, factors " + kind + plus, n, 7, (k, r, from, to) -> {
                    Matrix out = r.normal(n, c);
                    float[] sources = scaleSources ? r.normal(50, 1).toArray() : null;
                    float[] targets = scaleTargets ? r.normal(n, 1).toArray() : null;
                    Scaling scaling = new Scaling(sources, targets);
                    k.sparse().sum(r.pattern(n, 50), null, scaling, r.normal(50, c), out, add, from, to);
                    return List.of(out);
                }));
                for (int heads : new int[] {1, 2, c < 40 ? c : 7}) {
                    int width = c / heads * heads;
                    if (width == 0) continue;
                    for (boolean transposed : new boolean[] {false, true}) {
                        String name = "weighted sparse sum, %d heads, factors %d, transposed %s"
                                .formatted(heads, kind, transposed);
                        rows.add(new KernelRow(name + plus, n, n, (k, r, from, to) -> {
                            Csr pattern = transposed ? r.pattern(50, n).transpose() : r.pattern(n, 50);
                            float[] sources = scaleSources ? r.normal(50, 1).toArray() : null;
                            float[] targets = scaleTargets ? r.normal(n, 1).toArray() : null;
                            Matrix out = r.normal(n, width);
                            Matrix weights = r.normal(pattern.edges(), heads);
                            Scaling scaling = new Scaling(sources, targets);
                            k.sparse().sum(pattern, weights, scaling, r.normal(50, width), out, add, from, to);
                            return List.of(out);
                        }));
                    }
                }
            }
        }
        rows.add(new KernelRow("addRowDots", n, c, (k, r, from, to) -> {
            Matrix out = r.normal(n, 1);
            k.rows().addRowDots(r.normal(n, c), r.normal(n, c), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("gather", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(n, c);
            k.rows().gather(r.normal(9, c), r.indices(n, 9), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("scatterAdd", c, n, (k, r, from, to) -> {
            Matrix out = r.normal(9, c);
            k.rows().scatterAdd(r.normal(n, c), r.indices(n, 9), out, from, to);
            return List.of(out);
        }));
        for (boolean least : new boolean[] {false, true}) {
            rows.add(new KernelRow(least ? "sparse min" : "sparse max", n, 1, (k, r, from, to) -> {
                Matrix out = r.normal(n, c);
                Matrix chosen = r.normal(n, c);
                Csr pattern = r.pattern(n, 50);
                k.sparse().extreme(pattern, null, least, r.normal(50, c), out, chosen, from, to);
                Matrix all = Matrix.over(chosen.segment(), n, c);
                for (int i = from * c; i < to * c; i++) all.put(i, Float.floatToRawIntBits(all.at(i)));
                return List.of(out, all);
            }));
            rows.add(new KernelRow(least ? "sparse min gradient" : "sparse max gradient", 50, 7, (k, r, from, to) -> {
                Csr pattern = r.pattern(n, 50);
                Matrix chosen = r.normal(n, c);
                k.sparse().extreme(pattern, null, least, r.normal(50, c), r.normal(n, c), chosen, 0, n);
                Matrix dx = r.normal(50, c);
                k.sparse().extremeGradient(pattern.transpose(), null, chosen, r.normal(n, c), dx, from, to);
                return List.of(dx);
            }));
        }
        for (int heads : new int[] {1, 2, c < 40 ? c : 7}) {
            int width = c / heads * heads;
            if (width == 0) continue;
            rows.add(new KernelRow("entry dots, %d heads".formatted(heads), n, c, (k, r, from, to) -> {
                Csr pattern = r.pattern(n, 50);
                Matrix out = r.normal(pattern.edges(), heads);
                Scaling scaling =
                        new Scaling(r.normal(50, 1).toArray(), r.normal(n, 1).toArray());
                k.sparse().addEntryDots(pattern, scaling, r.normal(n, width), r.normal(50, width), out, from, to);
                return List.of(out);
            }));
        }
        for (int heads : new int[] {1, c < 40 ? c : 7}) {
            int width = c / heads * heads;
            if (width > 0) rows.addAll(ExtremeRows.of(n, width, heads));
        }
        rows.addAll(Bfloat16Rows.of(n, c));
        for (int heads : new int[] {1, 2, 3, 4, 8, 16, 20}) {
            if (c % heads != 0) continue;
            for (Attention.Form form : Attention.Form.values()) {
                Attention sure = new Attention(form, heads, 0.3f);
                rows.addAll(AttentionRows.of(n, c, sure));
                rows.addAll(AttentionRows.of(n, c, new Attention(form, heads, 0.3f, 0.4f, 5)));
            }
        }
        rows.add(new KernelRow("entry sums", n, 1, (k, r, from, to) -> {
            Csr pattern = r.pattern(n, 50);
            Matrix out = r.normal(pattern.edges(), c);
            k.sparse().entrySums(pattern, r.normal(n, c), r.normal(50, c), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("sums of entries", n, 7, (k, r, from, to) -> {
            Csr pattern = r.pattern(50, n).transpose();
            Matrix out = r.normal(n, c);
            k.sparse().addEntries(pattern, r.normal(pattern.edges(), c), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("softmax of entries", n, 7, (k, r, from, to) -> {
            Csr pattern = r.pattern(n, 50);
            Matrix out = r.normal(pattern.edges(), c);
            k.sparse().softmax(pattern, r.normal(pattern.edges(), c), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("softmax of entries, gradient", n, 7, (k, r, from, to) -> {
            Csr pattern = r.pattern(n, 50);
            Matrix dx = r.normal(pattern.edges(), c);
            k.sparse()
                    .softmaxGradient(pattern, r.normal(pattern.edges(), c), r.normal(pattern.edges(), c), dx, from, to);
            return List.of(dx);
        }));
        rows.add(new KernelRow("layer norm", n, c, (k, r, from, to) -> {
            List<Matrix> out = List.of(r.normal(n, c), r.normal(n, 2));
            k.norms().layer(r.normal(n, c), r.normal(1, c), r.normal(1, c), 1e-3f, out.get(0), out.get(1), from, to);
            return out;
        }));
        rows.add(new KernelRow("layer norm gradient", n, c, (k, r, from, to) -> {
            Matrix dx = r.normal(n, c);
            k.norms().layerGradient(r.normal(n, c), r.normal(1, c), r.positive(n, 2), r.normal(n, c), dx, from, to);
            return List.of(dx);
        }));
        rows.add(new KernelRow("layer norm parameter gradient", c, n, (k, r, from, to) -> {
            List<Matrix> out = List.of(r.normal(1, c), r.normal(1, c));
            k.norms()
                    .layerParameterGradient(
                            r.normal(n, c), r.positive(n, 2), r.normal(n, c), out.get(0), out.get(1), from, to);
            return out;
        }));
        rows.add(new KernelRow("softmax cross-entropy of every other row", n, c, (k, r, from, to) -> {
            int[] every = IntStream.range(0, n).map(i -> 2 * i).toArray();
            int[] classes = r.indices(n, c);
            Matrix probabilities = r.normal(n, c);
            Matrix gradient = r.normal(2 * n, c);
            Matrix sum = r.normal(1, 1);
            Matrix weights = r.positive(n, 1);
            sum.put(
                    0,
                    (float) k.losses()
                                    .softmaxCrossEntropy(
                                            r.normal(2 * n, c), every, classes, weights, probabilities, from, to)
                            / n);
            k.losses().softmaxCrossEntropyGradient(probabilities, every, classes, weights, 0.3f, gradient, from, to);
            return List.of(probabilities, gradient, sum);
        }));
        rows.add(new KernelRow("loss gradient", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(n, c);
            k.losses().lossGradient(Loss.HUBER, 1, r.normal(n, c), r.normal(n, c), r.positive(n, 1), 2, out, from, to);
            return List.of(out);
        }));
        return rows;
    }

    @TestFactory
    Stream<DynamicTest> providersAgreeWithThePlainLoops() {
        List<KernelRow> table = new ArrayList<>(products());
        for (int n : SIZES) table.addAll(elements(n));
        for (int c : SIZES) table.addAll(rows(13, c));
        table.addAll(rows(702, 5));
        table.addAll(rows(1, 33));
        return Stream.of("vector", "blas")
                .flatMap(name -> IntStream.range(0, table.size())
                        .mapToObj(i -> DynamicTest.dynamicTest(
                                "%s %s, row %d".formatted(name, table.get(i).name(), i),
                                () -> agree(name, table.get(i), i))));
    }

    private void agree(String name, KernelRow row, long key) {
        try (KernelProvider plain = KernelProvider.of("plain", 1);
                KernelProvider other = KernelProvider.of(name, 1)) {
            compare(row, plain, other, key, 0, row.extent());
            compare(row, plain, other, key, row.extent() / 3, row.extent() - row.extent() / 4);
            compare(row, plain, other, key, row.extent() / 2, row.extent() / 2);
        }
    }

    private void compare(KernelRow row, KernelProvider plain, KernelProvider other, long key, int from, int to) {
        List<Matrix> expected = row.call().run(plain.kernels(), new RandomMatrices(memory, key), from, to);
        List<Matrix> actual = row.call().run(other.kernels(), new RandomMatrices(memory, key), from, to);
        for (int m = 0; m < expected.size(); m++) {
            for (int i = 0; i < expected.get(m).size(); i++) {
                float e = expected.get(m).at(i);
                float a = actual.get(m).at(i);
                // A sum of n terms of size 1 is off by about sqrt(n) roundings; ten times that is never reached by
                // luck.
                double tolerance = 1e-6 * (10 + 10 * Math.sqrt(row.terms())) * Math.max(1, Math.abs(e));
                if (!(Math.abs((double) e - a) <= tolerance)) {
                    fail("%s, key %d, %d to %d, output %d at %d: %s, not %s", row.name(), key, from, to, m, i, a, e);
                }
            }
        }
    }
}
