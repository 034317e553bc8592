package dev.hypha.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hypha.tensor.Function;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Functions of each element beside Java's in float64, and at their edges.
class MapAccuracyTest {
    /// Units in the last place of the true value.
    private static final double BOUND = 3;

    private static final float[] EDGES = {
        0f,
        -0f,
        1f,
        -1f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        Float.intBitsToFloat(0x7fc12345),
        Float.intBitsToFloat(0xffc00001),
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        88.72283f,
        88.73f,
        -88.72283f,
        -87.33654f,
        -87.4f,
        -103.9f,
        -104.5f,
        0.625f,
        -0.625f,
        9.1f,
        -9.1f,
        1e-20f,
        -1e-20f,
        0.70710677f,
        0.7071068f,
        1.4142135f,
        1.4142137f
    };

    private final Memory memory = Memory.unlimited();

    @AfterEach
    void free() {
        memory.close();
    }

    private static double exact(Function f, double x) {
        return switch (f) {
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case RELU, LEAKY_RELU, ELU -> throw new AssertionError("not of this table");
        };
    }

    private float[] mapped(Function f, float... x) {
        try (KernelProvider provider = KernelProvider.of("vector", 1)) {
            Matrix in = Matrix.of(memory, Purpose.WORKSPACE, 1, x.length, x);
            Matrix out = Matrix.of(memory, Purpose.WORKSPACE, 1, x.length);
            provider.kernels().elements().map(f, 0, in, out, 0, x.length);
            return out.toArray();
        }
    }

    /// Of all sizes, and densely where the functions bend.
    private static float[] arguments(Function f, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[200_003];
        for (int i = 0; i < x.length; i++) {
            float any = Float.intBitsToFloat(random.nextInt());
            float near = (float) random.nextDouble(-1, 1) * (i % 4 == 1 ? 1 : i % 4 == 2 ? 10 : 110);
            x[i] = i % 4 == 0 ? any : near;
            if (f == Function.LOG) x[i] = Math.abs(x[i]);
        }
        return x;
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGMOID", "TANH", "EXP", "LOG"})
    void resultsAreWithinThreeUnitsInTheLastPlace(Function f) {
        for (long seed = 0; seed < 3; seed++) {
            float[] x = arguments(f, seed);
            float[] y = mapped(f, x);
            for (int i = 0; i < x.length; i++) requireClose(f, x[i], y[i], seed);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGMOID", "TANH", "EXP", "LOG"})
    void edgesAreThoseOfMath(Function f) {
        float[] y = mapped(f, EDGES);
        for (int i = 0; i < y.length; i++) {
            float wanted = (float) exact(f, EDGES[i]);
            if (Float.isInfinite(wanted))
                assertThat(y[i]).as("%s(%s)", f, EDGES[i]).isEqualTo(wanted);
            else requireClose(f, EDGES[i], y[i], 0);
        }
        assertThat(Float.floatToRawIntBits(mapped(Function.TANH, -0f)[0])).isEqualTo(Float.floatToRawIntBits(-0f));
    }

    private static void requireClose(Function f, float x, float y, long seed) {
        if (!close(f, x, y)) fail("%s(%s) is %s, not %s, seed %d", f, x, y, exact(f, x), seed);
    }

    /// A library in the same process may have switched the processor to take subnormal numbers for zero.
    private static boolean close(Function f, float x, float y) {
        double wanted = exact(f, x);
        if (Double.isNaN(wanted)) return Float.isNaN(y);
        if (f == Function.LOG && x < Float.MIN_NORMAL && y == Float.NEGATIVE_INFINITY) return true;
        // Whether the largest numbers are still finite is a matter of the last place.
        double limit = Float.MAX_VALUE * (1 - BOUND * 0x1p-23);
        if (Math.abs(wanted) >= limit) return Math.abs(y) >= limit && Math.signum(y) == Math.signum(wanted);
        boolean normal = Math.abs(wanted) >= Float.MIN_NORMAL;
        return Math.abs(y - wanted) <= BOUND * (normal ? Math.ulp((float) wanted) : Float.MIN_NORMAL);
    }

    /// A number is mapped to the same bits wherever it stands and wherever a range ends.
    @ParameterizedTest
    @EnumSource(names = {"SIGMOID", "TANH", "EXP", "LOG"})
    void bitsDoNotDependOnThePlace(Function f) {
        float[] x = new float[101];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < x.length; i++) x[i] = (float) random.nextDouble(0.01, 5);
        float[] together = mapped(f, x);
        for (int i = 0; i < x.length; i++) assertThat(mapped(f, x[i])[0]).isEqualTo(together[i]);
    }
}
