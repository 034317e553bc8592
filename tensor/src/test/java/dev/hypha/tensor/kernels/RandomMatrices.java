package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.SplittableRandom;

/// Matrices and patterns from a key: the same ones for each provider of kernels.
final class RandomMatrices {
    private final Memory memory;
    private final SplittableRandom random;

    RandomMatrices(Memory memory, long key) {
        this.memory = memory;
        this.random = new SplittableRandom(key);
    }

    Matrix normal(int rows, int cols) {
        Matrix m = Matrix.of(memory, Purpose.WORKSPACE, rows, cols);
        for (int i = 0; i < m.size(); i++) m.put(i, (float) random.nextGaussian());
        return m;
    }

    Matrix positive(int rows, int cols) {
        Matrix m = normal(rows, cols);
        for (int i = 0; i < m.size(); i++) m.put(i, Math.abs(m.at(i)) + 0.1f);
        return m;
    }

    Bfloat16Matrix half(int rows, int cols) {
        return Bfloat16Matrix.of(memory, Purpose.WORKSPACE, normal(rows, cols));
    }

    int[] indices(int n, int limit) {
        return random.ints(n, 0, limit).toArray();
    }

    Csr pattern(int rows, int cols) {
        int[] offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + random.nextInt(7);
        return new Csr(rows, cols, offsets, indices(offsets[rows], cols));
    }
}
