package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;

/// The rows of [KernelContractTest] that are about maxima and minima of weighed rows.
final class ExtremeRows {
    private ExtremeRows() {}

    static List<KernelRow> of(int n, int c, int heads) {
        PlainSparse plain = new PlainSparse();
        List<KernelRow> rows = new ArrayList<>();
        for (boolean least : new boolean[] {false, true}) {
            String name = "weighed sparse %s, %d heads of %d".formatted(least ? "min" : "max", heads, c / heads);
            rows.add(new KernelRow(name, n, 1, (k, r, from, to) -> {
                Csr pattern = r.pattern(n, 50);
                Matrix out = r.normal(n, c);
                Matrix chosen = r.normal(n, c);
                Matrix weights = r.normal(pattern.edges(), heads);
                k.sparse().extreme(pattern, weights, least, r.normal(50, c), out, chosen, from, to);
                for (int i = from * c; i < to * c; i++) chosen.put(i, Float.floatToRawIntBits(chosen.at(i)));
                return List.of(out, chosen);
            }));
            rows.add(new KernelRow(name + ", gradient", 50, 7, (k, r, from, to) -> {
                Csr pattern = r.pattern(n, 50);
                Matrix chosen = r.normal(n, c);
                Matrix weights = r.normal(pattern.edges(), heads);
                plain.extreme(pattern, weights, least, r.normal(50, c), r.normal(n, c), chosen, 0, n);
                Matrix dx = r.normal(50, c);
                k.sparse().extremeGradient(pattern.transpose(), weights, chosen, r.normal(n, c), dx, from, to);
                return List.of(dx);
            }));
            rows.add(new KernelRow(name + ", gradient of weights", n, c, (k, r, from, to) -> {
                Csr pattern = r.pattern(50, n).transpose();
                Matrix chosen = r.normal(n, c);
                Matrix x = r.normal(50, c);
                Matrix dw = r.normal(pattern.edges(), heads);
                plain.extreme(pattern, dw, least, x, r.normal(n, c), chosen, 0, n);
                k.sparse().extremeWeightGradient(pattern, chosen, r.normal(n, c), x, dw, from, to);
                return List.of(dw);
            }));
        }
        return rows;
    }
}
