package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.UpdateKernels;

/// Optimiser steps as plain loops: the specification.
public class PlainUpdates implements UpdateKernels {
    @Override
    public void momentum(Matrix value, Matrix gradient, Matrix velocity, float rate, float momentum, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = momentum * velocity.at(i) + gradient.at(i);
            velocity.put(i, v);
            value.put(i, value.at(i) - rate * v);
        }
    }

    @Override
    public void adam(Matrix value, Matrix gradient, Matrix first, Matrix second, AdamStep s, int from, int to) {
        float keep = 1 - s.rate() * s.decay();
        float rate = s.rate() / s.correction1();
        float scale = 1 / s.correction2();
        for (int i = from; i < to; i++) {
            float g = gradient.at(i);
            float m = s.beta1() * first.at(i) + (1 - s.beta1()) * g;
            float v = s.beta2() * second.at(i) + (1 - s.beta2()) * g * g;
            first.put(i, m);
            second.put(i, v);
            value.put(i, keep * value.at(i) - rate * m / ((float) Math.sqrt(scale * v) + s.epsilon()));
        }
    }
}
