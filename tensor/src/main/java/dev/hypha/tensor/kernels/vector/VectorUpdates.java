package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainUpdates;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// Optimiser steps on vectors.
public final class VectorUpdates extends PlainUpdates {
    @Override
    public void momentum(Matrix value, Matrix gradient, Matrix velocity, float rate, float momentum, int from, int to) {
        MemorySegment xs = value.segment();
        MemorySegment gs = gradient.segment();
        MemorySegment vs = velocity.segment();
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector v = Lanes.load(vs, i).mul(momentum).add(Lanes.load(gs, i));
            Lanes.store(v, vs, i);
            Lanes.store(Lanes.load(xs, i).sub(v.mul(rate)), xs, i);
        }
        super.momentum(value, gradient, velocity, rate, momentum, body, to);
    }

    @Override
    public void adam(Matrix value, Matrix gradient, Matrix first, Matrix second, AdamStep s, int from, int to) {
        MemorySegment xs = value.segment();
        MemorySegment gs = gradient.segment();
        MemorySegment ms = first.segment();
        MemorySegment vs = second.segment();
        FloatVector keep = Lanes.all(1 - s.rate() * s.decay());
        FloatVector rate = Lanes.all(s.rate() / s.correction1());
        FloatVector scale = Lanes.all(1 / s.correction2());
        FloatVector beta1 = Lanes.all(s.beta1());
        FloatVector beta2 = Lanes.all(s.beta2());
        FloatVector rest1 = Lanes.all(1 - s.beta1());
        FloatVector rest2 = Lanes.all(1 - s.beta2());
        int body = Lanes.bound(from, to);
        for (int i = from; i < body; i += Lanes.COUNT) {
            FloatVector g = Lanes.load(gs, i);
            FloatVector m = beta1.mul(Lanes.load(ms, i)).add(rest1.mul(g));
            FloatVector v = beta2.mul(Lanes.load(vs, i)).add(rest2.mul(g).mul(g));
            Lanes.store(m, ms, i);
            Lanes.store(v, vs, i);
            FloatVector change = rate.mul(m).div(scale.mul(v).sqrt().add(s.epsilon()));
            Lanes.store(keep.mul(Lanes.load(xs, i)).sub(change), xs, i);
        }
        super.adam(value, gradient, first, second, s, body, to);
    }
}
