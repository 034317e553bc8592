package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16MatrixTest {
    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);

    @AfterEach
    void free() {
        memory.close();
    }

    /// The slow way: of the two neighbors in bfloat16 the nearer one, measured in float64; of equally near
    /// ones that with an even last bit. Beyond the largest number stands 2^128.
    private static short nearest(float number) {
        int bits = Float.floatToRawIntBits(number);
        short low = (short) (bits >>> 16);
        if ((bits & 0xffff) == 0) return low;
        short high = (short) (low + 1);
        double size = Math.abs((double) number);
        double below = size - size(low);
        double above = size(high) - size;
        if (below == above) return (low & 1) == 0 ? low : high;
        return below < above ? low : high;
    }

    private static double size(short bits) {
        double size = Math.abs((double) Bfloat16Matrix.widened(bits));
        return Double.isInfinite(size) ? Math.pow(2, 128) : size;
    }

    @Test
    void everyBfloat16IsItselfAndSoIsEveryMiddleRoundedToEven() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float number = Bfloat16Matrix.widened((short) bits);
            if (Float.isNaN(number)) {
                assertThat(Bfloat16Matrix.widened(Bfloat16Matrix.rounded(number)))
                        .isNaN();
                continue;
            }
            assertThat(Bfloat16Matrix.rounded(number)).isEqualTo((short) bits);
            if (Float.isInfinite(number)) continue;
            for (int part : new int[] {1, 0x7fff, 0x8000, 0x8001, 0xffff}) {
                float between = Float.intBitsToFloat((bits << 16) | part);
                assertThat(Bfloat16Matrix.rounded(between)).as("%a", between).isEqualTo(nearest(between));
            }
        }
    }

    @Test
    void normalNumbersAreOffByAtMostTheirPartIn256() {
        for (long seed = 0; seed < 3; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double worst = 0;
            for (int i = 0; i < 200_000; i++) {
                float number = Float.intBitsToFloat(random.nextInt());
                if (!(Math.abs(number) >= Float.MIN_NORMAL) || Math.abs(number) > 3.38e38f) continue;
                short rounded = Bfloat16Matrix.rounded(number);
                assertThat(rounded).as("%a, seed %d", number, seed).isEqualTo(nearest(number));
                double error = Math.abs((double) Bfloat16Matrix.widened(rounded) - number) / Math.abs(number);
                worst = Math.max(worst, error);
            }
            assertThat(worst).as("seed " + seed).isBetween(0.9 / 256, 1.0 / 256);
        }
    }

    @Test
    void edges() {
        assertThat(roundTrip(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(roundTrip(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(roundTrip(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(roundTrip(-Float.MAX_VALUE)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(roundTrip(Float.intBitsToFloat(0x7f7f7fff))).isEqualTo(Float.intBitsToFloat(0x7f7f0000));
        // NaNs whose only bits are in the half that is cut off, of either sign.
        assertThat(roundTrip(Float.intBitsToFloat(0x7f800001))).isNaN();
        assertThat(roundTrip(Float.intBitsToFloat(0xff80ffff))).isNaN();
        assertThat(roundTrip(Float.intBitsToFloat(0x7fffffff))).isNaN();
        assertThat(Float.floatToRawIntBits(roundTrip(-0f))).isEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(Float.floatToRawIntBits(roundTrip(Float.MIN_VALUE))).isZero();
        assertThat(Bfloat16Matrix.rounded(Float.intBitsToFloat(0x8001))).isEqualTo((short) 1);
    }

    private static float roundTrip(float number) {
        return Bfloat16Matrix.widened(Bfloat16Matrix.rounded(number));
    }

    @Test
    void halfTheMemoryIsCountedAndGivenBack() {
        Matrix dense = Matrix.of(memory, Purpose.WORKSPACE, 3, 5);
        for (int i = 0; i < 15; i++) dense.put(i, i + 0.001f);
        Bfloat16Matrix half = Bfloat16Matrix.of(memory, Purpose.FEATURES, dense);
        assertThat(memory.live(Purpose.FEATURES)).isEqualTo(30).isEqualTo(half.bytes());
        assertThat(half.get(2, 4)).isEqualTo(14);
        assertThat(half.slice(1, 3).get(1, 4)).isEqualTo(14);
        assertThatThrownBy(() -> half.slice(2, 4)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> half.get(0, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        half.close();
        assertThat(memory.live(Purpose.FEATURES)).isZero();
        assertThatThrownBy(half::address).isInstanceOf(IllegalStateException.class);
    }

    /// Numbers of few bits, so that any order of a sum gives the same bits; enough rows for several tiles.
    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector", "blas"})
    void whatIsWorkedOutOfItIsWhatItWouldBeInFloat32(String kernels) {
        int rows = 2500;
        for (int[] sizes : new int[][] {{702, 3}, {33, 7}, {1, 1}}) {
            SplittableRandom random = new SplittableRandom(sizes[0]);
            Matrix dense = Matrix.of(memory, Purpose.WORKSPACE, rows, sizes[0]);
            for (long i = 0; i < dense.size(); i++) dense.put(i, random.nextInt(-4, 5));
            Bfloat16Matrix half = Bfloat16Matrix.of(memory, Purpose.WORKSPACE, dense);
            int[] picked = random.ints(50, 0, rows).toArray();
            int[] offsets = new int[rows + 1];
            for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + i % 4;
            Csr pattern = new Csr(
                    rows, rows, offsets, random.ints(offsets[rows], 0, rows).toArray());
            try (Parameters parameters = new Parameters(memory)) {
                Matrix w = parameters.add("w", sizes[0], sizes[1]).value();
                for (long i = 0; i < w.size(); i++) w.put(i, random.nextInt(-2, 3));
                for (int threads : new int[] {1, 3}) {
                    try (KernelProvider provider = KernelProvider.of(kernels, threads)) {
                        float[][] expected = worked(provider, dense, picked, pattern, parameters);
                        assertThat(worked(provider, half, picked, pattern, parameters))
                                .isDeepEqualTo(expected);
                    }
                }
            }
        }
    }

    private float[][] worked(
            KernelProvider provider, StoredMatrix stored, int[] picked, Csr pattern, Parameters parameters) {
        parameters.zeroGradients();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor x = tape.constant(stored);
            Tensor w = tape.parameter(parameters.get("w"));
            Tensor all = x.times(w);
            Tensor some = x.gather(picked).times(w);
            Tensor first = x.firstRows(10).times(w);
            Tensor sums = x.spmm(pattern, Reduce.SUM);
            Tensor largest = x.spmm(pattern, Reduce.MAX);
            float[][] worked = {
                all.value().toArray(),
                some.value().toArray(),
                first.value().toArray(),
                sums.value().toArray(),
                largest.value().toArray(),
                null
            };
            all.sum().plus(some.sum()).plus(first.multiply(first).sum()).backward();
            worked[5] = parameters.get("w").gradient().toArray();
            return worked;
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Bfloat16Matrix half = Bfloat16Matrix.of(memory, Purpose.WORKSPACE, 2, 3);
        Csr pattern = new Csr(1, 3, new int[] {0, 1}, new int[] {2});
        try (KernelProvider provider = KernelProvider.of("plain", 1);
                Tape tape = new Tape(provider, workspace, false)) {
            Tensor x = tape.constant(half);
            assertThatThrownBy(() -> x.times(x))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("times");
            assertThatThrownBy(() -> x.gather(new int[] {2})).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> x.spmm(pattern, Reduce.SUM)).isInstanceOf(ShapeException.class);
        }
    }
}
