package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import jdk.incubator.vector.VectorMask;

/// The weights of entries laid out in the order in which a sum reads them. Where they are already, nothing is copied;
/// otherwise (a transpose, factors of sources) they are put together for a few rows at a time.
final class EdgeWeights {
    private final Csr pattern;
    private final Matrix weights;
    private final float[] sources;
    private final int heads;
    private final boolean direct;

    EdgeWeights(Csr pattern, Matrix weights, Scaling scaling) {
        this.pattern = pattern;
        this.weights = weights;
        this.sources = scaling.sources();
        this.heads = weights == null ? 1 : weights.cols();
        this.direct = weights != null && sources == null && pattern.entries() == null;
    }

    /// Whether they lie in order in memory as they are.
    boolean direct() {
        return direct;
    }

    /// Puts those of the entries `from` to `to` in order.
    ///
    /// @return the address of what would be the weight of entry 0
    long of(int from, int to) {
        if (direct) return Lanes.address(weights);
        long start = Scratch.weights().address((long) (to - from) * heads);
        if (weights == null) factors(start, from, to);
        else if (heads == 1) numbers(start, from, to);
        else rows(start, from, to);
        return start - 4L * from * heads;
    }

    private void factors(long start, int from, int to) {
        int[] indices = pattern.indices();
        for (int e = from; e < to; e++) {
            Lanes.put(sources[indices[e]], (start + 4L * (e - from)) & Lanes.ADDRESS);
        }
    }

    private void numbers(long start, int from, int to) {
        long w = Lanes.address(weights);
        int[] indices = pattern.indices();
        int[] entries = pattern.entries();
        for (int e = from; e < to; e++) {
            int entry = entries == null ? e : entries[e];
            float number = Lanes.number((w + 4L * entry) & Lanes.ADDRESS);
            if (sources != null) number *= sources[indices[e]];
            Lanes.put(number, (start + 4L * (e - from)) & Lanes.ADDRESS);
        }
    }

    private void rows(long start, int from, int to) {
        long w = Lanes.address(weights);
        int[] indices = pattern.indices();
        int[] entries = pattern.entries();
        for (int h = 0; h < heads; h += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.SPECIES.indexInRange(h, heads);
            for (int e = from; e < to; e++) {
                int entry = entries == null ? e : entries[e];
                float factor = sources == null ? 1 : sources[indices[e]];
                long source = (w + 4L * ((long) entry * heads + h)) & Lanes.ADDRESS;
                long target = (start + 4L * ((long) (e - from) * heads + h)) & Lanes.ADDRESS;
                Lanes.put(Lanes.at(source, mask).mul(factor), target, mask);
            }
        }
    }
}
