package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Bfloat16Kernels;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import java.lang.foreign.MemorySegment;

/// Loops over bfloat16: the specification.
public class PlainBfloat16 implements Bfloat16Kernels {
    @Override
    public void widen(Bfloat16Matrix x, Matrix out, int from, int to) {
        long end = (long) to * x.cols();
        for (long i = (long) from * x.cols(); i < end; i++) out.put(i, x.at(i));
    }

    @Override
    public void gather(Bfloat16Matrix x, int[] rows, Bfloat16Matrix out, int from, int to) {
        long bytes = 2L * x.cols();
        for (int i = from; i < to; i++) {
            MemorySegment.copy(x.segment(), bytes * rows[i], out.segment(), bytes * i, bytes);
        }
    }

    @Override
    public void sum(Csr pattern, Scaling scaling, Bfloat16Matrix x, Matrix out, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int c = 0; c < x.cols(); c++) {
                float sum = 0;
                for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                    int j = pattern.indices()[e];
                    sum += scaling.source(j) * x.get(j, c);
                }
                out.set(i, c, scaling.target(i) * sum);
            }
        }
    }
}
