package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.ProductKernels;
import dev.hypha.tensor.kernels.PlainProducts;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// Dense products on vectors, for machines without a BLAS.
///
/// A panel of two vectors' width and some depth of the right operand is packed, so that it is read in one stream
/// whether it is transposed or not; against it run tiles of four rows, whose eight sums stay in registers. (A tile of
/// eight rows needs more registers than the compiler will keep, and is several times slower.)
public final class VectorProducts implements ProductKernels {
    private static final int WIDTH = 2 * Lanes.COUNT;
    private static final int TILE = 4;
    /// A panel of this depth stays in the second-level cache, with 16 lanes 64 KiB.
    private static final int DEPTH = 512;
    /// Multiplications below which packing costs more than it gains.
    private static final long THRESHOLD = 2048;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final PlainProducts plain = new PlainProducts();

    private static final class Scratch {
        private final float[] panel = new float[DEPTH * WIDTH];
        private final float[] tile = new float[TILE * WIDTH];
    }

    /// An operand with its steps between rows and between columns, in elements, after transposition.
    private record Operand(MemorySegment segment, int rowStep, int colStep) {
        static Operand of(Matrix m, boolean transposed) {
            return new Operand(m.segment(), transposed ? 1 : m.cols(), transposed ? m.cols() : 1);
        }

        float at(long row, long col) {
            return segment.getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, row * rowStep + col * colStep);
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
        if ((long) (to - from) * inner * out.cols() < THRESHOLD) {
            plain.product(a, transposeA, b, transposeB, out, accumulate, from, to);
            return;
        }
        Operand left = Operand.of(a, transposeA);
        Operand right = Operand.of(b, transposeB);
        Scratch scratch = SCRATCH.get();
        for (int k = 0; k < inner; k += DEPTH) {
            int depth = Math.min(DEPTH, inner - k);
            for (int j = 0; j < out.cols(); j += WIDTH) {
                int width = Math.min(WIDTH, out.cols() - j);
                pack(right, k, depth, j, width, scratch.panel);
                boolean add = accumulate || k > 0;
                int i = from;
                for (; i + TILE <= to; i += TILE) {
                    fourRows(left, i, k, depth, scratch);
                    write(scratch.tile, TILE, out, i, j, width, add);
                }
                for (; i < to; i++) {
                    oneRow(left, i, k, depth, scratch);
                    write(scratch.tile, 1, out, i, j, width, add);
                }
            }
        }
    }

    private static void pack(Operand b, int k, int depth, int j, int width, float[] panel) {
        if (b.colStep == 1 && width == WIDTH) {
            for (int p = 0; p < depth; p++) {
                long row = (long) (k + p) * b.rowStep + j;
                Lanes.load(b.segment, row).intoArray(panel, p * WIDTH);
                Lanes.load(b.segment, row + Lanes.COUNT).intoArray(panel, p * WIDTH + Lanes.COUNT);
            }
            return;
        }
        for (int c = 0; c < WIDTH; c++) {
            for (int p = 0; p < depth; p++) panel[p * WIDTH + c] = c < width ? b.at(k + p, j + c) : 0;
        }
    }

    private static void fourRows(Operand a, int i, int k, int depth, Scratch scratch) {
        float[] panel = scratch.panel;
        FloatVector s00 = Lanes.zero();
        FloatVector s01 = Lanes.zero();
        FloatVector s10 = Lanes.zero();
        FloatVector s11 = Lanes.zero();
        FloatVector s20 = Lanes.zero();
        FloatVector s21 = Lanes.zero();
        FloatVector s30 = Lanes.zero();
        FloatVector s31 = Lanes.zero();
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(Lanes.SPECIES, panel, p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(Lanes.SPECIES, panel, p * WIDTH + Lanes.COUNT);
            FloatVector a0 = Lanes.all(a.at(i, k + p));
            s00 = Lanes.multiplyAdd(a0, b0, s00);
            s01 = Lanes.multiplyAdd(a0, b1, s01);
            FloatVector a1 = Lanes.all(a.at(i + 1, k + p));
            s10 = Lanes.multiplyAdd(a1, b0, s10);
            s11 = Lanes.multiplyAdd(a1, b1, s11);
            FloatVector a2 = Lanes.all(a.at(i + 2, k + p));
            s20 = Lanes.multiplyAdd(a2, b0, s20);
            s21 = Lanes.multiplyAdd(a2, b1, s21);
            FloatVector a3 = Lanes.all(a.at(i + 3, k + p));
            s30 = Lanes.multiplyAdd(a3, b0, s30);
            s31 = Lanes.multiplyAdd(a3, b1, s31);
        }
        s00.intoArray(scratch.tile, 0);
        s01.intoArray(scratch.tile, Lanes.COUNT);
        s10.intoArray(scratch.tile, WIDTH);
        s11.intoArray(scratch.tile, WIDTH + Lanes.COUNT);
        s20.intoArray(scratch.tile, 2 * WIDTH);
        s21.intoArray(scratch.tile, 2 * WIDTH + Lanes.COUNT);
        s30.intoArray(scratch.tile, 3 * WIDTH);
        s31.intoArray(scratch.tile, 3 * WIDTH + Lanes.COUNT);
    }

    private static void oneRow(Operand a, int i, int k, int depth, Scratch scratch) {
        FloatVector s0 = Lanes.zero();
        FloatVector s1 = Lanes.zero();
        for (int p = 0; p < depth; p++) {
            FloatVector a0 = Lanes.all(a.at(i, k + p));
            s0 = Lanes.multiplyAdd(a0, FloatVector.fromArray(Lanes.SPECIES, scratch.panel, p * WIDTH), s0);
            s1 = Lanes.multiplyAdd(
                    a0, FloatVector.fromArray(Lanes.SPECIES, scratch.panel, p * WIDTH + Lanes.COUNT), s1);
        }
        s0.intoArray(scratch.tile, 0);
        s1.intoArray(scratch.tile, Lanes.COUNT);
    }

    private static void write(float[] tile, int rows, Matrix out, int i, int j, int width, boolean add) {
        for (int r = 0; r < rows; r++) {
            long at = (long) (i + r) * out.cols() + j;
            for (int c = 0; c < width; c++) {
                float sum = tile[r * WIDTH + c];
                out.put(at + c, add ? out.at(at + c) + sum : sum);
            }
        }
    }
}
