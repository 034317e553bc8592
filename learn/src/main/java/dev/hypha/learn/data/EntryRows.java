package dev.hypha.learn.data;

import dev.hypha.learn.FeatureStorage;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Numbers of a matrix as they come, each with its row and column; those of one place count as their sum.
final class EntryRows {
    private final LongStream.Builder places = LongStream.builder();
    private final IntStream.Builder bits = IntStream.builder();
    private int width;

    void add(int row, int col, float value) {
        places.add((long) row << 32 | col);
        bits.add(Float.floatToRawIntBits(value));
        width = Math.max(width, col + 1);
    }

    /// Makes the matrix have at least so many columns.
    void widen(int columns) {
        width = Math.max(width, columns);
    }

    /// How many columns the matrix has so far.
    int width() {
        return width;
    }

    /// The matrix, stored sparse where that suits its numbers; the caller closes it. Used once.
    ///
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    StoredMatrix matrix(Memory memory, int rows) {
        long[] place = places.build().toArray();
        int[] value = bits.build().toArray();
        if (place.length < FeatureStorage.SPARSE_BELOW * rows * width) return sparse(memory, rows, place, value);
        Matrix dense = Matrix.of(memory, Purpose.FEATURES, rows, width);
        for (int i = 0; i < place.length; i++) {
            dense.add((place[i] >>> 32) * width + (int) place[i], Float.intBitsToFloat(value[i]));
        }
        return dense;
    }

    /// A counting sort by rows.
    private SparseMatrix sparse(Memory memory, int rows, long[] place, int[] value) {
        int[] offsets = new int[rows + 1];
        for (long each : place) offsets[(int) (each >>> 32) + 1]++;
        for (int i = 0; i < rows; i++) offsets[i + 1] += offsets[i];
        int[] next = offsets.clone();
        int[] columns = new int[place.length];
        Matrix values = Matrix.of(memory, Purpose.FEATURES, place.length, 1);
        for (int i = 0; i < place.length; i++) {
            int at = next[(int) (place[i] >>> 32)]++;
            columns[at] = (int) place[i];
            values.put(at, Float.intBitsToFloat(value[i]));
        }
        return new SparseMatrix(new Csr(rows, width, offsets, columns), values);
    }
}
