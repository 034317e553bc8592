package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainUpdates;
import jdk.incubator.vector.FloatVector;

/// Optimiser steps on vectors. They work on addresses: where the compiler had bounds to check, it bet on the
/// size of one parameter and compiled the loop anew for the next, a hundred times over, with vectors as
/// objects meanwhile.
public final class VectorUpdates extends PlainUpdates {
    @Override
    public void momentum(Matrix value, Matrix gradient, Matrix velocity, float rate, float momentum, int from, int to) {
        long x = Lanes.address(value);
        long gradients = Lanes.address(gradient);
        long velocities = Lanes.address(velocity);
        int body = Lanes.bound(from, to);
        for (long k = 4L * from; k < 4L * body; k += 4L * Lanes.COUNT) {
            long atX = (x + k) & Lanes.ADDRESS;
            long atVelocity = (velocities + k) & Lanes.ADDRESS;
            FloatVector v = Lanes.at(atVelocity).mul(momentum).add(Lanes.at((gradients + k) & Lanes.ADDRESS));
            Lanes.put(v, atVelocity);
            Lanes.put(Lanes.at(atX).sub(v.mul(rate)), atX);
        }
        super.momentum(value, gradient, velocity, rate, momentum, body, to);
    }

    @Override
    public void adam(Matrix value, Matrix gradient, Matrix first, Matrix second, AdamStep s, int from, int to) {
        long x = Lanes.address(value);
        long gradients = Lanes.address(gradient);
        long means = Lanes.address(first);
        long squares = Lanes.address(second);
        FloatVector keep = Lanes.all(1 - s.rate() * s.decay());
        FloatVector rate = Lanes.all(s.rate() / s.correction1());
        FloatVector scale = Lanes.all(1 / s.correction2());
        FloatVector beta1 = Lanes.all(s.beta1());
        FloatVector beta2 = Lanes.all(s.beta2());
        FloatVector rest1 = Lanes.all(1 - s.beta1());
        FloatVector rest2 = Lanes.all(1 - s.beta2());
        FloatVector epsilon = Lanes.all(s.epsilon());
        int body = Lanes.bound(from, to);
        for (long k = 4L * from; k < 4L * body; k += 4L * Lanes.COUNT) {
            long atX = (x + k) & Lanes.ADDRESS;
            long atMean = (means + k) & Lanes.ADDRESS;
            long atSquare = (squares + k) & Lanes.ADDRESS;
            FloatVector g = Lanes.at((gradients + k) & Lanes.ADDRESS);
            FloatVector m = beta1.mul(Lanes.at(atMean)).add(rest1.mul(g));
            FloatVector v = beta2.mul(Lanes.at(atSquare)).add(rest2.mul(g).mul(g));
            Lanes.put(m, atMean);
            Lanes.put(v, atSquare);
            FloatVector change = rate.mul(m).div(scale.mul(v).sqrt().add(epsilon));
            Lanes.put(keep.mul(Lanes.at(atX)).sub(change), atX);
        }
        super.adam(value, gradient, first, second, s, body, to);
    }
}
