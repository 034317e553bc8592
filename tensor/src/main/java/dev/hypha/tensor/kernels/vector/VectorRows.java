package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainRows;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// Loops over rows on vectors: within each row a body of whole vectors and a scalar tail.
public final class VectorRows extends PlainRows {
    @Override
    public void addRow(Matrix x, Matrix row, Matrix out, int from, int to) {
        int cols = x.cols();
        if (cols < Lanes.COUNT) {
            super.addRow(x, row, out, from, to);
            return;
        }
        long xs = Lanes.address(x);
        long os = Lanes.address(out);
        long rs = Lanes.address(row);
        for (int i = from; i < to; i++) {
            long at = 4L * i * cols;
            for (int k = 0; k < cols; k += Lanes.COUNT) {
                long c = 4L * Math.min(k, cols - Lanes.COUNT);
                FloatVector sum = Lanes.at((xs + at + c) & Lanes.ADDRESS).add(Lanes.at((rs + c) & Lanes.ADDRESS));
                Lanes.put(sum, (os + at + c) & Lanes.ADDRESS);
            }
        }
    }

    /// The last vector of a row of columns ends where they end. It may overlap the one before: both then hold the same
    /// sums.
    @Override
    public void addColumnSums(Matrix x, Matrix out, int row, int from, int to) {
        int cols = x.cols();
        if (cols < Lanes.COUNT) {
            super.addColumnSums(x, out, row, from, to);
            return;
        }
        // Not added to the output right away: overlapping vectors would add twice.
        long sums = Scratch.rows().address(cols);
        for (int c = 0; c < cols; c += 4 * Lanes.COUNT) {
            four(Lanes.address(x), 4L * cols, from, to, sums, c, cols - Lanes.COUNT);
        }
        Lanes.add(sums, Lanes.address(out) + 4L * row * cols, cols);
    }

    private static void four(long x, long step, int from, int to, long out, int first, int last) {
        long c0 = 4L * Math.min(first, last);
        long c1 = 4L * Math.min(first + Lanes.COUNT, last);
        long c2 = 4L * Math.min(first + 2 * Lanes.COUNT, last);
        long c3 = 4L * Math.min(first + 3 * Lanes.COUNT, last);
        FloatVector s0 = Lanes.zero();
        FloatVector s1 = Lanes.zero();
        FloatVector s2 = Lanes.zero();
        FloatVector s3 = Lanes.zero();
        for (int i = from; i < to; i++) {
            long at = x + i * step;
            s0 = s0.add(Lanes.at((at + c0) & Lanes.ADDRESS));
            s1 = s1.add(Lanes.at((at + c1) & Lanes.ADDRESS));
            s2 = s2.add(Lanes.at((at + c2) & Lanes.ADDRESS));
            s3 = s3.add(Lanes.at((at + c3) & Lanes.ADDRESS));
        }
        Lanes.put(s0, (out + c0) & Lanes.ADDRESS);
        Lanes.put(s1, (out + c1) & Lanes.ADDRESS);
        Lanes.put(s2, (out + c2) & Lanes.ADDRESS);
        Lanes.put(s3, (out + c3) & Lanes.ADDRESS);
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
        int cols = x.cols();
        if (cols < Lanes.COUNT) {
            super.scaleRows(x, s, out, from, to);
            return;
        }
        long xs = Lanes.address(x);
        long os = Lanes.address(out);
        for (int i = from; i < to; i++) {
            long at = 4L * i * cols;
            FloatVector scale = Lanes.all(s[i]);
            for (int k = 0; k < cols; k += Lanes.COUNT) {
                long c = at + 4L * Math.min(k, cols - Lanes.COUNT);
                Lanes.put(Lanes.at((xs + c) & Lanes.ADDRESS).mul(scale), (os + c) & Lanes.ADDRESS);
            }
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
