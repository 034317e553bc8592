package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.Dropout;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The gradient of [Activations] by their results, in the place of the results' own gradient. Ranges are
/// whole vectors.
final class ActivationGradients {
    /// Elements whose draws the nearest cache holds.
    private static final int TILE = 2048;

    private final long ys;
    private final long gs;
    private final Dropout drop;
    private final long factors = Scratch.rows().address(TILE);

    ActivationGradients(Matrix y, Matrix dy, Dropout drop) {
        this.ys = Lanes.address(y);
        this.gs = Lanes.address(dy);
        this.drop = drop;
    }

    /// Where the result is above 0 the element was kept.
    void relu(int from, int to) {
        float scale = drop.scale();
        for (int i = from; i < to; i += Lanes.COUNT) {
            long o = (gs + 4L * i) & Lanes.ADDRESS;
            FloatVector passed = Lanes.at(o).mul(scale);
            FloatVector y = Lanes.at((ys + 4L * i) & Lanes.ADDRESS);
            Lanes.put(Lanes.zero().blend(passed, y.compare(VectorOperators.GT, 0)), o);
        }
    }

    void leaky(float slope, int from, int to) {
        run((start, end) -> leakyTile(slope, start, end), from, to);
    }

    void elu(float alpha, int from, int to) {
        run((start, end) -> eluTile(alpha, start, end), from, to);
    }

    private void run(TilePass last, int from, int to) {
        List<TilePass> passes = List.of((start, end) -> Draws.fill(drop, start, end - start, factors), last);
        for (int start = from; start < to; start += TILE) {
            for (TilePass pass : passes) pass.run(start, Math.min(to, start + TILE));
        }
    }

    private void leakyTile(float slope, int start, int end) {
        for (int i = start; i < end; i += Lanes.COUNT) {
            long o = (gs + 4L * i) & Lanes.ADDRESS;
            FloatVector passed = Lanes.at(o).mul(Lanes.at((factors + 4L * (i - start)) & Lanes.ADDRESS));
            FloatVector y = Lanes.at((ys + 4L * i) & Lanes.ADDRESS);
            Lanes.put(passed.mul(slope).blend(passed, y.compare(VectorOperators.GT, 0)), o);
        }
    }

    private void eluTile(float alpha, int start, int end) {
        float unscale = 1 / drop.scale();
        for (int i = start; i < end; i += Lanes.COUNT) {
            long o = (gs + 4L * i) & Lanes.ADDRESS;
            FloatVector passed = Lanes.at(o).mul(Lanes.at((factors + 4L * (i - start)) & Lanes.ADDRESS));
            FloatVector y = Lanes.at((ys + 4L * i) & Lanes.ADDRESS);
            FloatVector below = y.mul(unscale).add(alpha).mul(passed);
            Lanes.put(below.blend(passed, y.compare(VectorOperators.GT, 0)), o);
        }
    }
}
