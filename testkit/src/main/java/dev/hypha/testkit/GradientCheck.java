package dev.hypha.testkit;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/// A comparison of a gradient with finite differences, along one random direction in all parameters at once.
///
/// The result under test may have any shape: it is reduced to one number by fixed random weights, in float64, so that
/// the difference loses no digits to a float32 sum. It must be a function of the parameters alone (the same dropout
/// key each time), and smooth near their values: keep inputs of a relu away from 0, and those of a maximum away from
/// each other.
///
/// @param derivative along the direction, from the gradient
/// @param difference along the direction, from two results; of several step sizes the one nearest to `derivative`
/// @param scale what a derivative along a random direction is expected to be in size
public record GradientCheck(double derivative, double difference, double scale) {
    /// Relative to the scale. Results are float32: a step of 0.01 leaves about four digits.
    private static final double TOLERANCE = 1e-2;

    /// How far, in standard deviations.
    private static final double TILT = 3;

    /// The short ones are for whole models, whose relus have many kinks nearby.
    private static final double[] STEPS = {3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4};

    /// Runs the check.
    ///
    /// @param parameters where to check; their values are the same afterwards, their gradients are not
    /// @param result what is differentiated
    /// @param key of direction and weights
    public static GradientCheck run(
            KernelProvider provider, Parameters parameters, Function<Tape, Tensor> result, long key) {
        try (Memory memory = Memory.unlimited();
                Workspace workspace = new Workspace(memory)) {
            Sides sides = new Sides(provider, workspace, result, key);
            parameters.zeroGradients();
            sides.backward();
            double norm = parameters.gradientNorm(provider);
            Map<Parameter, float[]> direction = direction(parameters, norm, new SplittableRandom(key));
            double derivative = 0;
            for (Map.Entry<Parameter, float[]> d : direction.entrySet()) {
                Matrix gradient = d.getKey().gradient();
                for (int i = 0; i < d.getValue().length; i++) derivative += gradient.at(i) * (double) d.getValue()[i];
            }
            double nearest = Double.NaN;
            for (double step : STEPS) {
                double difference = sides.difference(direction, step);
                if (!(Math.abs(difference - derivative) >= Math.abs(nearest - derivative))) nearest = difference;
            }
            return new GradientCheck(derivative, nearest, norm);
        }
    }

    /// A normal random direction, tilted towards the gradient: along the gradient alone an error of its length would
    /// show and no other, across it no error of its length would.
    private static Map<Parameter, float[]> direction(Parameters parameters, double norm, SplittableRandom random) {
        Map<Parameter, float[]> direction = new LinkedHashMap<>();
        for (Parameter p : parameters) {
            if (!p.trained()) continue;
            float[] d = new float[Math.toIntExact(p.value().size())];
            for (int i = 0; i < d.length; i++) {
                double along = norm > 0 ? p.gradient().at(i) / norm : 0;
                d[i] = (float) (random.nextGaussian() + TILT * along);
            }
            direction.put(p, d);
        }
        return direction;
    }

    /// Whether both agree and are numbers.
    public boolean agrees() {
        return Math.abs(derivative - difference) <= TOLERANCE * Math.max(scale, 0.05);
    }

    /// Does nothing if both agree.
    ///
    /// @throws AssertionError with both numbers if they do not
    public void require() {
        if (!agrees()) {
            throw new AssertionError("the gradient says %.6g along a direction, differences say %.6g (usual size %.3g)"
                    .formatted(derivative, difference, scale));
        }
    }

    /// The function, reduced to one number.
    private record Sides(KernelProvider provider, Workspace workspace, Function<Tape, Tensor> result, long key) {
        private float[] weights(Tensor y) {
            SplittableRandom random = new SplittableRandom(~key);
            float[] weights = new float[y.shape().elements()];
            for (int i = 0; i < weights.length; i++) weights[i] = (float) random.nextDouble(-1, 1);
            return weights;
        }

        void backward() {
            try (Tape tape = new Tape(provider, workspace, true)) {
                Tensor y = result.apply(tape);
                y.multiply(tape.constant(y.rows(), y.cols(), weights(y))).sum().backward();
            }
        }

        private double number() {
            try (Tape tape = new Tape(provider, workspace, false)) {
                Tensor y = result.apply(tape);
                float[] weights = weights(y);
                double sum = 0;
                for (int i = 0; i < weights.length; i++)
                    sum += weights[i] * (double) y.value().at(i);
                return sum;
            }
        }

        double difference(Map<Parameter, float[]> direction, double step) {
            Map<Parameter, float[]> before = new LinkedHashMap<>();
            direction.forEach((p, _) -> before.put(p, p.value().toArray()));
            move(before, direction, step);
            double above = number();
            move(before, direction, -step);
            double below = number();
            before.forEach((p, values) -> p.value().copyFrom(values));
            return (above - below) / (2 * step);
        }

        private static void move(Map<Parameter, float[]> from, Map<Parameter, float[]> direction, double step) {
            from.forEach((p, values) -> {
                float[] d = direction.get(p);
                for (int i = 0; i < d.length; i++) p.value().put(i, (float) (values[i] + step * d[i]));
            });
        }
    }
}
