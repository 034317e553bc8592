package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.ProductKernels;
import java.lang.foreign.MemorySegment;

/// Dense products by OpenBLAS, on the calling thread.
public final class BlasProducts implements ProductKernels {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    private final OpenBlas blas;

    private BlasProducts(OpenBlas blas) {
        this.blas = blas;
    }

    /// What came of looking for the library: kernels, or the reason why there are none.
    ///
    /// @param kernels null if there are none
    /// @param note the processor that its kernels are written for, or why there are none
    public record Found(BlasProducts kernels, String note) {}

    /// Looks for the library.
    public static Found find() {
        try {
            OpenBlas blas = OpenBlas.open();
            return new Found(new BlasProducts(blas), blas.coreType());
        } catch (OpenBlas.UnavailableException e) {
            return new Found(null, e.getMessage());
        }
    }

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
        if (from == to || out.cols() == 0) return;
        if (inner == 0) {
            // BLAS wants a leading dimension of at least 1; a sum over nothing is 0.
            if (!accumulate) out.slice(from, to).fill(0);
            return;
        }
        MemorySegment left = a.segment().asSlice(4L * from * (transposeA ? 1 : a.cols()));
        MemorySegment target = out.segment().asSlice(4L * from * out.cols());
        try {
            blas.sgemm()
                    .invokeExact(
                            ROW_MAJOR,
                            transposeA ? TRANSPOSED : AS_IS,
                            transposeB ? TRANSPOSED : AS_IS,
                            to - from,
                            out.cols(),
                            inner,
                            1f,
                            left,
                            a.cols(),
                            b.segment(),
                            b.cols(),
                            accumulate ? 1f : 0f,
                            target,
                            out.cols());
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS failed", e);
        }
    }
}
