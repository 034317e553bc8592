package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.ProductKernels;

/// Dense products as plain loops: the specification.
public final class PlainProducts implements ProductKernels {
    @Override
    public void product(
            Matrix a,
            boolean transposeA,
            Matrix b,
            boolean transposeB,
            Matrix out,
            boolean accumulate,
            int from,
            int to) {
        int inner = transposeA ? a.rows() : a.cols();
        // Strides in elements: how far apart two neighbors are along each axis.
        long aRow = transposeA ? 1 : a.cols();
        long aCol = transposeA ? a.cols() : 1;
        long bRow = transposeB ? 1 : b.cols();
        long bCol = transposeB ? b.cols() : 1;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < out.cols(); j++) {
                float sum = 0;
                for (int k = 0; k < inner; k++) sum += a.at(i * aRow + k * aCol) * b.at(k * bRow + j * bCol);
                long o = (long) i * out.cols() + j;
                out.put(o, accumulate ? out.at(o) + sum : sum);
            }
        }
    }
}
