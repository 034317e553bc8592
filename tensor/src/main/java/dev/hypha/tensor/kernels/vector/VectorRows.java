package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainRows;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Loops over rows on vectors: within each row a body of whole vectors and a scalar tail.
public final class VectorRows extends PlainRows {
    @Override
    public void addRow(Matrix x, Matrix row, Matrix out, int from, int to) {
        MemorySegment xs = x.segment();
        MemorySegment rs = row.segment();
        MemorySegment os = out.segment();
        int cols = x.cols();
        int body = Lanes.bound(0, cols);
        for (int i = from; i < to; i++) {
            long at = (long) i * cols;
            for (int c = 0; c < body; c += Lanes.COUNT) {
                Lanes.store(Lanes.load(xs, at + c).add(Lanes.load(rs, c)), os, at + c);
            }
            for (int c = body; c < cols; c++) out.put(at + c, x.at(at + c) + row.at(c));
        }
    }

    @Override
    public void addColumnSums(Matrix x, Matrix out, int fromCol, int toCol) {
        for (int i = 0; i < x.rows(); i++) addPart(x, (long) i * x.cols() + fromCol, out, fromCol, toCol - fromCol);
    }

    /// Adds `count` elements of x to as many of out.
    private static void addPart(Matrix x, long source, Matrix out, long target, int count) {
        MemorySegment xs = x.segment();
        MemorySegment os = out.segment();
        int body = Lanes.bound(0, count);
        for (int c = 0; c < body; c += Lanes.COUNT) {
            Lanes.store(Lanes.load(os, target + c).add(Lanes.load(xs, source + c)), os, target + c);
        }
        for (int c = body; c < count; c++) out.add(target + c, x.at(source + c));
    }

    @Override
    public void scaleRows(Matrix x, Matrix s, Matrix out, boolean accumulate, int from, int to) {
        MemorySegment xs = x.segment();
        MemorySegment os = out.segment();
        int cols = x.cols();
        int body = Lanes.bound(0, cols);
        for (int i = from; i < to; i++) {
            long at = (long) i * cols;
            float scale = s.at(i);
            for (int c = 0; c < body; c += Lanes.COUNT) {
                FloatVector scaled = Lanes.load(xs, at + c).mul(scale);
                Lanes.store(accumulate ? scaled.add(Lanes.load(os, at + c)) : scaled, os, at + c);
            }
            for (int c = body; c < cols; c++) {
                float scaled = scale * x.at(at + c);
                out.put(at + c, accumulate ? out.at(at + c) + scaled : scaled);
            }
        }
    }

    @Override
    public void scaleRows(Matrix x, float[] s, Matrix out, int from, int to) {
        MemorySegment xs = x.segment();
        MemorySegment os = out.segment();
        int cols = x.cols();
        int body = Lanes.bound(0, cols);
        VectorMask<Float> tail = Lanes.SPECIES.indexInRange(body, cols);
        for (int i = from; i < to; i++) {
            long at = (long) i * cols;
            float scale = s[i];
            for (int c = 0; c < body; c += Lanes.COUNT) {
                Lanes.store(Lanes.load(xs, at + c).mul(scale), os, at + c);
            }
            if (body < cols) Lanes.store(Lanes.load(xs, at + body, tail).mul(scale), os, at + body, tail);
        }
    }

    @Override
    public void copyColumns(
            Matrix x, int xCol, Matrix out, int outCol, int width, boolean accumulate, int from, int to) {
        if (!accumulate) {
            super.copyColumns(x, xCol, out, outCol, width, false, from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            addPart(x, (long) i * x.cols() + xCol, out, (long) i * out.cols() + outCol, width);
        }
    }

    @Override
    public void scatterAdd(Matrix dy, int[] rows, Matrix dx, int fromCol, int toCol) {
        for (int i = 0; i < dy.rows(); i++) {
            addPart(dy, (long) i * dy.cols() + fromCol, dx, (long) rows[i] * dx.cols() + fromCol, toCol - fromCol);
        }
    }
}
