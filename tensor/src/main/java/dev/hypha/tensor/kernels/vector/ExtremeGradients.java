package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainSparse;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The gradient of [Extremes]: each source adds up what its targets pass to the entries that they chose. Two vectors of
/// columns at a time stay in registers; the last two end where the row ends.
final class ExtremeGradients extends PlainSparse {
    private static final int BLOCK = 2 * Lanes.COUNT;
    private static final long SMALL = 0xf_ffff;

    private final Csr transpose;
    private final int cols;
    private final long chosen;
    private final long dy;
    private final long dx;

    ExtremeGradients(Csr transpose, Matrix chosen, Matrix dy, Matrix dx) {
        this.transpose = transpose;
        this.cols = dx.cols();
        this.chosen = Lanes.address(chosen);
        this.dy = Lanes.address(dy);
        this.dx = Lanes.address(dx);
    }

    void rows(int from, int to) {
        for (int j = from; j < to; j++) {
            int c = 0;
            for (; c + BLOCK <= cols; c += BLOCK) columns(j, c, BLOCK);
            // At least one vector, and nothing that another block added to already.
            if (c + Lanes.COUNT <= cols) columns(j, c, cols - c);
            else tail(j, c);
        }
    }

    private void columns(int j, int column, int width) {
        int[] offsets = transpose.offsets();
        int[] targets = transpose.indices();
        int[] entries = transpose.entries();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        long place = (dx + 4L * ((long) j * cols + column)) & Lanes.ADDRESS;
        FloatVector s0 = Lanes.at(place);
        FloatVector s1 = Lanes.at(place + last);
        for (int k = offsets[j] & Integer.MAX_VALUE, end = offsets[j + 1]; k < end; k++) {
            long row = 4L * ((long) targets[k] * cols + column);
            long c = (chosen + row) & Lanes.ADDRESS;
            long g = (dy + row) & Lanes.ADDRESS;
            float mark = mark(entries == null ? k : entries[k]);
            FloatVector g0 = Lanes.zero().blend(Lanes.at(g), Lanes.at(c).compare(VectorOperators.EQ, mark));
            FloatVector g1 =
                    Lanes.zero().blend(Lanes.at(g + last), Lanes.at(c + last).compare(VectorOperators.EQ, mark));
            s0 = s0.add(g0);
            s1 = s1.add(g1);
        }
        Lanes.put(s0, place);
        Lanes.put(s1, place + last);
    }

    private void tail(int j, int column) {
        for (int k = transpose.offsets()[j]; k < transpose.offsets()[j + 1]; k++) {
            float mark = mark(transpose.entry(k));
            long row = (long) transpose.indices()[k] * cols;
            for (int c = column; c < cols; c++) {
                if (Lanes.number((chosen + 4 * (row + c)) & Lanes.ADDRESS) != mark) continue;
                long place = (dx + 4 * ((long) j * cols + c)) & Lanes.ADDRESS;
                Lanes.put(Lanes.number(place) + Lanes.number((dy + 4 * (row + c)) & Lanes.ADDRESS), place);
            }
        }
    }
}
