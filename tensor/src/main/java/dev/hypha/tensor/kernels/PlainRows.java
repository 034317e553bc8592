package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.RowKernels;
import java.lang.foreign.MemorySegment;

/// Loops over rows: the specification.
public class PlainRows implements RowKernels {
    @Override
    public void addRow(Matrix x, Matrix row, Matrix out, int from, int to) {
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            for (int c = 0; c < cols; c++) {
                long o = (long) i * cols + c;
                out.put(o, x.at(o) + row.at(c));
            }
        }
    }

    @Override
    public void addColumnSums(Matrix x, Matrix out, int row, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int c = 0; c < x.cols(); c++) out.set(row, c, out.get(row, c) + x.get(i, c));
        }
    }

    @Override
    public void scaleRows(Matrix x, Matrix s, Matrix out, boolean accumulate, int from, int to) {
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            float scale = s.at(i);
            for (int c = 0; c < cols; c++) {
                long o = (long) i * cols + c;
                out.put(o, accumulate ? out.at(o) + scale * x.at(o) : scale * x.at(o));
            }
        }
    }

    @Override
    public void scaleRows(Matrix x, float[] s, Matrix out, int from, int to) {
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            for (int c = 0; c < cols; c++) out.set(i, c, s[i] * x.get(i, c));
        }
    }

    @Override
    public void addRowDots(Matrix a, Matrix b, Matrix out, int from, int to) {
        int cols = a.cols();
        for (int i = from; i < to; i++) {
            float dot = 0;
            for (int c = 0; c < cols; c++) dot += a.at((long) i * cols + c) * b.at((long) i * cols + c);
            out.add(i, dot);
        }
    }

    @Override
    public void copyColumns(
            Matrix x, int xCol, Matrix out, int outCol, int width, boolean accumulate, int from, int to) {
        for (int i = from; i < to; i++) {
            long source = (long) i * x.cols() + xCol;
            long target = (long) i * out.cols() + outCol;
            if (accumulate) {
                for (int c = 0; c < width; c++) out.add(target + c, x.at(source + c));
            } else {
                MemorySegment.copy(x.segment(), 4 * source, out.segment(), 4 * target, 4L * width);
            }
        }
    }

    @Override
    public void gather(Matrix x, int[] rows, Matrix out, int from, int to) {
        long bytes = 4L * x.cols();
        for (int i = from; i < to; i++) {
            MemorySegment.copy(x.segment(), bytes * rows[i], out.segment(), bytes * i, bytes);
        }
    }

    @Override
    public void scatterAdd(Matrix dy, int[] rows, Matrix dx, int fromCol, int toCol) {
        for (int i = 0; i < dy.rows(); i++) {
            long source = (long) i * dy.cols();
            long target = (long) rows[i] * dx.cols();
            for (int c = fromCol; c < toCol; c++) dx.add(target + c, dy.at(source + c));
        }
    }
}
