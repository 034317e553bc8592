package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import java.util.ArrayList;
import java.util.List;

/// The rows of [KernelContractTest] that are about bfloat16.
final class Bfloat16Rows {
    private Bfloat16Rows() {}

    static List<KernelRow> of(int n, int c) {
        List<KernelRow> rows = new ArrayList<>();
        rows.add(new KernelRow("widen", n, 1, (k, r, from, to) -> {
            Matrix out = r.normal(n, c);
            k.bfloat16().widen(r.half(n, c), out, from, to);
            return List.of(out);
        }));
        rows.add(new KernelRow("gather of bfloat16", n, 1, (k, r, from, to) -> {
            Bfloat16Matrix some = r.half(n, c);
            k.bfloat16().gather(r.half(9, c), r.indices(n, 9), some, from, to);
            Matrix out = r.normal(n, c);
            for (int i = 0; i < out.size(); i++) out.put(i, some.at(i));
            return List.of(out);
        }));
        for (int kind = 0; kind < 4; kind++) {
            boolean scaleSources = (kind & 1) != 0;
            boolean scaleTargets = (kind & 2) != 0;
            rows.add(new KernelRow("sparse sum of bfloat16, factors " + kind, n, 7, (k, r, from, to) -> {
                Matrix out = r.normal(n, c);
                float[] sources = scaleSources ? r.normal(50, 1).toArray() : null;
                float[] targets = scaleTargets ? r.normal(n, 1).toArray() : null;
                Scaling scaling = new Scaling(sources, targets);
                k.bfloat16().sum(r.pattern(n, 50), scaling, r.half(50, c), out, from, to);
                return List.of(out);
            }));
        }
        return rows;
    }
}
