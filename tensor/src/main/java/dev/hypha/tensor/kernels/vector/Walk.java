package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;

/// A walk over the entries of rows of a pattern: where source rows are read and sums are written. All addresses and
/// steps are in bytes.
///
/// @param x address of the first column of the first source row
/// @param xStep from one source row to the next
/// @param out address of the first column of the first row that is written
/// @param outStep from one written row to the next
/// @param targets what each sum is multiplied by, or null for ones
// Arrays as components: a walk is read by kernels and never compared.
@SuppressWarnings("ArrayRecordComponent")
record Walk(int[] offsets, int[] sources, long x, long xStep, long out, long outStep, float[] targets) {
    static Walk over(Csr pattern, float[] targets, Matrix x, Matrix out) {
        return new Walk(
                pattern.offsets(),
                pattern.indices(),
                Lanes.address(x),
                4L * x.cols(),
                Lanes.address(out),
                4L * out.cols(),
                targets);
    }

    /// The same, written elsewhere.
    ///
    /// @param address of what would be the first row
    Walk to(long address) {
        return new Walk(offsets, sources, x, xStep, address, outStep, targets);
    }

    /// The same from another column on.
    Walk from(int column) {
        return new Walk(offsets, sources, x + 4L * column, xStep, out + 4L * column, outStep, targets);
    }
}
